using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing;

/// <summary>What a person orders for a share, within a transaction of the writer.</summary>
internal static class OrderStatements
{
    /// <summary>
    /// Parts that wait are not sent any more; one that is being sent, or was and left no certain answer, stays as it is. False when there was none that waits.
    /// </summary>
    public static async Task<bool> CancelAsync(DbTransactionContext context, long share, string by)
    {
        if (!await LockAsync(context, share))
            return false;
        var words = $"cancelled by {by}";
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
    public static async Task<bool> RetryAsync(DbTransactionContext context, long share, bool anyway, long now)
    {
        if (!await LockAsync(context, share))
            return false;
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

    /// <summary>The destination knows that the message is withdrawn; with <paramref name="points"/> the values it carried are withdrawn here too. Their targets, one for each value that was not before.</summary>
    public static async Task<IReadOnlyList<long>> RetractAsync(DbTransactionContext context, Guid submissionKey, bool points, long at)
    {
        await context.Sql("UPDATE submission SET retracted_us = @at WHERE key = @key AND retracted_us IS NULL").With("at", at).With("key", submissionKey).ExecuteAsync();
        return points
            ? await context.Sql("""
                UPDATE photometry SET retracted = true
                WHERE (target_id, identity, content) IN (SELECT i.target_id, i.identity, i.content FROM outbox_item i WHERE i.submission_key = @key) AND NOT retracted
                RETURNING target_id
                """).With("key", submissionKey).ListAsync(r => r.GetInt64(0))
            : [];
    }

    /// <summary>Keeps whoever sends to the share's destination from changing its parts meanwhile.</summary>
    private static async Task<bool> LockAsync(DbTransactionContext context, long share)
    {
        await context.Sql($"SELECT l.owner FROM outbox_lease l JOIN share s ON s.destination = l.destination WHERE s.id = @id {context.Dialect.ForUpdate("l")}").With("id", share).AnyAsync();
        return await context.Sql($"SELECT s.id FROM share s WHERE s.id = @id {context.Dialect.ForUpdate("s")}").With("id", share).AnyAsync();
    }
}
