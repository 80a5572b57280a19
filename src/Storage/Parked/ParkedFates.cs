using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Parked;

/// <summary>
/// How parked messages end. State and books of a message change in one transaction, so the books balance at every moment; and only from the state that the caller
/// expects, so that each message ends once whoever else tries. What ended keeps its reason and times, but not its bytes.
/// </summary>
public sealed class ParkedFates(GroupCommitWriter writer)
{
    /// <summary>Rows that are taken out in one transaction.</summary>
    private const int Piece = 500;

    // A try whose lease ran out was given up by its silo: it is free again.
    private const string Free = "(state < 2 AND coalesce(claimed_until_us, 0) <= @now)";
    private const string Mine = "id = @id AND state = 1 AND claimed_until_us = @until";
    private const string AsBefore = "state = CASE WHEN next_try_us IS NULL THEN 0 ELSE 1 END, claimed_until_us = NULL";
    private const string Ended = "ended_us = @now, claimed_until_us = NULL, next_try_us = NULL, message_key = NULL, headers = @nothing, value = @nothing";

    /// <summary>Takes a message to try it again; null, and nothing changed, when it has ended, is being tried by somebody else, or does not exist.</summary>
    public Task<ParkedRow?> ClaimAsync(ParkedClaim claim, long nowMicroseconds) => writer.RunAsync(async context =>
    {
        var claimed = await context.Sql($"UPDATE parked SET state = 1, claimed_until_us = @until WHERE id = @id AND {Free}")
            .With("id", claim.Id).With("until", claim.UntilMicroseconds).With("now", nowMicroseconds).ExecuteAsync();
        return claimed == 0 ? null : await ParkedTable.GetAsync(context.Sql, claim.Id);
    });

    /// <summary>The try ended well: the message leaves the parked ones for the handled or the ignored. False, and nothing changed, when the claim was lost.</summary>
    public Task<bool> HandleAsync(ParkedClaim claim, bool isIgnored, long nowMicroseconds) => writer.RunAsync(async context =>
    {
        var cursors = await Mark(context, $"UPDATE parked SET state = 2, {Ended} WHERE {Mine} RETURNING cursor_id", claim)
            .With("nothing", Array.Empty<byte>()).With("now", nowMicroseconds).ListAsync(r => r.GetInt64(0));
        await MoveBooksAsync(context, cursors, isIgnored ? "ignored" : "handled");
        return cursors.Count > 0;
    });

    /// <summary>
    /// The try ended as the ones before: the message stays parked, for this reason now, and is tried by itself at the given time, or with null waits for a person. Books stay. False
    /// when the claim was lost.
    /// </summary>
    public Task<bool> ParkAgainAsync(ParkedClaim claim, string reason, string faultsJson, long? nextTryMicroseconds) => writer.RunAsync(async context =>
        await Mark(
            context,
            $"UPDATE parked SET state = @state, next_try_us = @next, claimed_until_us = NULL, attempts = attempts + 1, reason = @reason, faults = @faults WHERE {Mine}",
            claim)
            .With("reason", reason).With("faults", faultsJson).With("next", nextTryMicroseconds)
            .With("state", nextTryMicroseconds is null ? ParkedState.Parked : ParkedState.Retrying).ExecuteAsync() > 0);

    /// <summary>The try failed through no fault of the message: all is as it was before. False when the claim was lost.</summary>
    public Task<bool> ReleaseAsync(ParkedClaim claim) => writer.RunAsync(async context =>
        await Mark(context, $"UPDATE parked SET {AsBefore} WHERE {Mine}", claim).ExecuteAsync() > 0);

    /// <summary>Frees those that a silo was trying when it died, and answers what is due to be tried by itself, the longest due first.</summary>
    public Task<IReadOnlyList<ParkedHead>> DueAsync(long nowMicroseconds, int limit) => writer.RunAsync(async context =>
    {
        await context.Sql($"UPDATE parked SET {AsBefore} WHERE state = 1 AND claimed_until_us <= @now").With("now", nowMicroseconds).ExecuteAsync();
        return (IReadOnlyList<ParkedHead>)await ParkedTable.DueAsync(context.Sql, nowMicroseconds, limit);
    });

    /// <summary>These could not be tried just now: they are due again at the given time, behind others.</summary>
    public Task PostponeAsync(IReadOnlyList<long> ids, long untilMicroseconds) => writer.RunAsync(async context =>
    {
        foreach (var id in ids.Order())
        {
            await context.Sql("UPDATE parked SET next_try_us = @until WHERE id = @id AND state = 1 AND claimed_until_us IS NULL")
                .With("id", id).With("until", untilMicroseconds).ExecuteAsync();
        }

        return ids.Count;
    });

    /// <summary>Gives up those of the messages that wait, and answers which those were. One that is being tried just now is left alone.</summary>
    public Task<IReadOnlyList<long>> DropAsync(IReadOnlyList<long> ids, long nowMicroseconds) => writer.RunAsync(async context =>
    {
        var dropped = new List<long>();
        var cursors = new List<long>();
        foreach (var id in ids.Distinct().Order())
        {
            var cursor = await context.Sql($"UPDATE parked SET state = 3, {Ended} WHERE id = @id AND {Free} RETURNING cursor_id")
                .With("id", id).With("now", nowMicroseconds).With("nothing", Array.Empty<byte>()).ListAsync(r => r.GetInt64(0));
            cursors.AddRange(cursor);
            if (cursor.Count > 0)
                dropped.Add(id);
        }

        await MoveBooksAsync(context, cursors, "dropped");
        return (IReadOnlyList<long>)dropped;
    });

    /// <summary>
    /// Takes out up to <see cref="Piece"/> messages that ended before this time [us since 1970, UTC], the oldest first; true when there may be more. The books stay as they are.
    /// </summary>
    public async Task<bool> RemoveEndedAsync(long endedBefore) => await writer.RunAsync(context => context.Sql($"""
        DELETE FROM parked WHERE id IN (SELECT id FROM parked WHERE state >= 2 AND ended_us < @before ORDER BY ended_us LIMIT {Piece})
        """).With("before", endedBefore).ExecuteAsync()) == Piece;

    private static Sql Mark(DbTransactionContext context, string text, ParkedClaim claim) =>
        context.Sql(text).With("id", claim.Id).With("until", claim.UntilMicroseconds);

    private static async Task MoveBooksAsync(DbTransactionContext context, IEnumerable<long> cursors, string column)
    {
        // One order for all silos, so that two cannot wait for each other in a ring.
        foreach (var cursor in cursors.GroupBy(id => id).OrderBy(group => group.Key))
        {
            await context.Sql($"UPDATE handler_cursor SET parked = parked - @count, {column} = {column} + @count WHERE id = @cursor")
                .With("count", cursor.LongCount()).With("cursor", cursor.Key).ExecuteAsync();
        }
    }
}
