using TomOrleans.Storage.Sharing.Audit;
using TomOrleans.Storage.Sharing.Retractions;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing;

/// <summary>What a person orders for a share, within a transaction of the writer.</summary>
internal static class OrderStatements
{
    /// <summary>
    /// Parts that wait are not sent any more; one that is being sent, or was and left no certain answer, stays as it is. False when there was none that waits.
    /// </summary>
    public static async Task<bool> CancelAsync(DbTransactionContext context, long share, OrderedBy by)
    {
        if (!await LockAsync(context, share) || !await CancelAsync(context, share, $"cancelled by {by.Who}"))
            return false;
        await AuditTable.NoteAsync(context, OrderKinds.Cancel, by, share);
        return true;
    }

    private static async Task<bool> CancelAsync(DbTransactionContext context, long share, string words)
    {
        if (await context.Sql("UPDATE share SET state = 5, last_error = @words, due_us = NULL WHERE id = @id AND NOT built AND state = 0")
            .With("words", words).With("id", share).ExecuteAsync() > 0)
            return true;
        if (await context.Sql("UPDATE submission SET state = 5, last_error = @words WHERE share_id = @id AND state = 0").With("words", words).With("id", share).ExecuteAsync() == 0)
            return false;
        await OutboxStatements.FollowPartsAsync(context, share, words);
        return true;
    }

    /// <summary>
    /// What was rejected is queued again: built anew where it was never built, else the same bytes. What nobody could confirm is looked for once more, or, with
    /// <paramref name="anyway"/>, sent again. False when there was neither.
    /// </summary>
    public static async Task<bool> RetryAsync(DbTransactionContext context, long share, bool anyway, OrderedBy by)
    {
        if (!await LockAsync(context, share) || !await RetryAsync(context, share, anyway, by.AtMicroseconds))
            return false;
        await AuditTable.NoteAsync(context, anyway ? OrderKinds.RetryAnyway : OrderKinds.Retry, by, share);
        return true;
    }

    private static async Task<bool> RetryAsync(DbTransactionContext context, long share, bool anyway, long now)
    {
        if (await context.Sql("UPDATE share SET state = 0, due_us = @now WHERE id = @id AND NOT built AND state = 3").With("now", now).With("id", share).ExecuteAsync() > 0)
            return true;
        var changed = await context.Sql("""
            UPDATE submission SET state = CASE WHEN state = 3 OR @anyway THEN 0 ELSE 1 END, due_us = @now WHERE share_id = @id AND state IN (3, 4)
            """).With("anyway", anyway).With("now", now).With("id", share).ExecuteAsync();
        if (changed == 0)
            return false;
        await OutboxStatements.FollowPartsAsync(context, share, error: null);
        return true;
    }

    /// <summary>The destination knows that the message is withdrawn; with <paramref name="points"/> the values it carried, points and spectra, are withdrawn here too. Their targets, one for each value that was not before.</summary>
    public static async Task<IReadOnlyList<long>> RetractAsync(DbTransactionContext context, Guid submissionKey, bool points, OrderedBy by)
    {
        var marked = points ? await MarkAsync(context, submissionKey) : [];
        var withdrawn = await context.Sql("UPDATE submission SET retracted_us = @at WHERE key = @key AND retracted_us IS NULL RETURNING share_id, coalesce(receipt, '')")
            .With("at", by.AtMicroseconds).With("key", submissionKey).ListAsync(r => (Share: r.GetInt64(0), Receipt: r.GetString(1)));
        foreach (var (share, receipt) in withdrawn)
            await AuditTable.NoteAsync(context, OrderKinds.Retract, by, share, points ? receipt : $"{receipt}; the points stay good");
        return marked;
    }

    private static async Task<List<long>> MarkAsync(DbTransactionContext context, Guid submissionKey)
    {
        var marked = new List<long>();
        var targets = await context.Sql("SELECT DISTINCT target_id FROM outbox_item WHERE submission_key = @key ORDER BY target_id").With("key", submissionKey).ListAsync(r => r.GetInt64(0));
        foreach (var target in targets)
        {
            var (some, spectra) = await RetractionStatements.MarkAsync(
                context,
                target,
                "(identity, content) IN (SELECT i.identity, i.content FROM outbox_item i WHERE i.submission_key = @key AND i.target_id = @target)",
                sql => sql.With("key", submissionKey));
            marked.AddRange(some.Concat(spectra).Select(key => key.TargetId));
        }

        return marked;
    }

    /// <summary>Keeps whoever sends to the share's destination from changing its parts meanwhile.</summary>
    private static async Task<bool> LockAsync(DbTransactionContext context, long share)
    {
        await context.Sql($"SELECT l.owner FROM outbox_lease l JOIN share s ON s.destination = l.destination WHERE s.id = @id {context.Dialect.ForUpdate("l")}").With("id", share).AnyAsync();
        return await context.Sql($"SELECT s.id FROM share s WHERE s.id = @id {context.Dialect.ForUpdate("s")}").With("id", share).AnyAsync();
    }
}
