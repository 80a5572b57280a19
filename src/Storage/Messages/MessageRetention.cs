using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Messages;

/// <summary>Takes the oldest messages out of the log, in small pieces that keep nobody waiting for long. Safe to run in every silo: a piece that another one is at is left to it.</summary>
public sealed class MessageRetention(TomDatabase database, GroupCommitWriter writer)
{
    /// <summary>Messages of one piece.</summary>
    public const int Piece = 500;

    /// <summary>
    /// Removes the oldest messages of a partition that were kept before a time, at most <see cref="Piece"/> of them and not many more than <paramref name="bytes"/>. Answers what went;
    /// durable when it returns.
    /// </summary>
    public Task<(int Messages, long Bytes)> RemoveAsync(long cursorId, long keptBefore, long bytes = long.MaxValue) => writer.RunAsync(async context =>
    {
        // Who keeps messages in this partition just now has this row, and would wait for ours.
        var skip = database.Kind == SqlDialect.Sqlite ? "" : "FOR UPDATE SKIP LOCKED";
        if (!await context.Sql($"SELECT 1 FROM message_use WHERE cursor_id = @cursor {skip}").With("cursor", cursorId).AnyAsync())
            return (0, 0L);
        var oldest = await context.Sql("SELECT message_offset, bytes, kept_us FROM message WHERE cursor_id = @cursor ORDER BY message_offset LIMIT @limit")
            .With("cursor", cursorId).With("limit", Piece).ListAsync(r => (Offset: r.GetInt64(0), Bytes: r.GetInt64(1), Kept: r.GetInt64(2)));
        var (count, freed) = (0, 0L);
        while (count < oldest.Count && oldest[count].Kept < keptBefore && freed < bytes)
            freed += oldest[count++].Bytes;
        if (count == 0)
            return (0, 0L);
        await context.Sql("DELETE FROM message WHERE cursor_id = @cursor AND message_offset <= @last")
            .With("cursor", cursorId).With("last", oldest[count - 1].Offset).ExecuteAsync();
        await context.Sql("UPDATE message_use SET messages = messages - @messages, bytes = bytes - @bytes WHERE cursor_id = @cursor")
            .With("cursor", cursorId).With("messages", (long)count).With("bytes", freed).ExecuteAsync();
        return (count, freed);
    });

    /// <summary>When the oldest message of each of these partitions was kept [us since 1970, UTC]; empty ones are absent.</summary>
    public Task<IReadOnlyDictionary<long, long>> OldestAsync(IReadOnlyCollection<long> cursorIds, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var oldest = new Dictionary<long, long>();
        foreach (var id in cursorIds)
        {
            var kept = await reader.Sql("SELECT kept_us FROM message WHERE cursor_id = @cursor ORDER BY message_offset LIMIT 1").With("cursor", id)
                .ListAsync(r => r.GetInt64(0), cancellation);
            if (kept is [var first])
                oldest[id] = first;
        }

        return (IReadOnlyDictionary<long, long>)oldest;
    }, cancellation);
}
