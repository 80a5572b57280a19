using System.Data.Common;
using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.Messages;

/// <summary>Reads the message log. It is written with the move of its cursor, and shortened by <see cref="MessageRetention"/>.</summary>
public sealed class MessageTable(TomDatabase database)
{
    // By how much the clock of a message may be ahead of ours: what was kept so long before a time cannot be of that time.
    private const long ClockSlack = 15 * 60 * 1_000_000L;

    /// <summary>By id, so newest last.</summary>
    public Task<IReadOnlyList<KeptRow>> ListAsync(KeptListQuery query, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var above = query.After ?? 0;
        if (query.SinceMicroseconds is { } since)
            above = Math.Max(above, await LastKeptBeforeAsync(reader, since - ClockSlack, cancellation));
        if (query.After is not null)
            return await PageAsync(Bind(reader.Sql(Page(Named(query), "m.id")), query), query, above, cancellation);
        if (query.Topic is null && query.Stream is null)
            return NewestLast(await PageAsync(reader.Sql(Page("true", "m.id DESC")), query, above, cancellation), query);

        // A partition's rows are found by its key: without it, a quiet topic would be looked for among all rows of the others.
        var rows = new List<KeptRow>();
        foreach (var cursor in await CursorsAsync(reader, query, cancellation))
            rows.AddRange(await PageAsync(reader.Sql(Page("m.cursor_id = @cursor", "m.message_offset DESC")).With("cursor", (long?)cursor), query, above, cancellation));
        return NewestLast(rows, query);
    }, cancellation);

    /// <summary>Null where the log does not have it.</summary>
    public Task<KeptRow?> FindAsync(string stream, string topic, int partition, long offset, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql($"SELECT {MessageText.Read} {MessageText.From} WHERE {Place} AND m.message_offset = @offset")
            .With("stream", stream).With("topic", topic).With("partition", partition).With("offset", offset).FirstAsync(Read, cancellation), cancellation);

    /// <summary>The newest message with this hop <c>_id</c>; null where the log has none.</summary>
    public Task<KeptRow?> FindAsync(Guid messageId, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql($"SELECT {MessageText.Read} {MessageText.From} WHERE m.message_id = @message ORDER BY m.id DESC LIMIT 1")
            .With("message", messageId).FirstAsync(Read, cancellation), cancellation);

    /// <summary>Messages of a part of one partition, in offset order: as many as the limits allow, but one at least.</summary>
    public Task<IReadOnlyList<KeptRow>> ReadAsync(
        string stream, string topic, int partition, KeptRange range, int limit, long bytes = long.MaxValue, CancellationToken cancellation = default) => database.ReadAsync(
        async reader =>
        {
            Sql Of(string columns, long end) => reader.Sql($"""
                SELECT {columns} {MessageText.From}
                WHERE {Place} AND m.message_offset >= @from AND m.message_offset < @end AND m.time_us >= @fromTime AND m.time_us < @endTime
                ORDER BY m.message_offset LIMIT @limit
                """)
                .With("stream", stream).With("topic", topic).With("partition", partition).With("from", range.FromOffset).With("end", end)
                .With("fromTime", range.FromMicroseconds).With("endTime", range.EndMicroseconds).With("limit", limit);

            var sizes = await Of("m.message_offset, m.size", range.EndOffset).ListAsync(r => (Offset: r.GetInt64(0), Size: r.GetInt64(1)), cancellation);
            if (sizes.Count == 0)
                return [];
            var (last, sum) = (0, sizes[0].Size);
            while (last + 1 < sizes.Count && (sum += sizes[last + 1].Size) <= bytes)
                last++;
            return (IReadOnlyList<KeptRow>)await Of(MessageText.Read, sizes[last].Offset + 1).ListAsync(Read, cancellation);
        },
        cancellation);

    /// <summary>The first offset at or above this one that a partition's log has; null where it has none.</summary>
    public Task<long?> FirstAsync(string stream, string topic, int partition, long offset, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql($"SELECT min(m.message_offset) {MessageText.From} WHERE {Place} AND m.message_offset >= @offset")
            .With("stream", stream).With("topic", topic).With("partition", partition).With("offset", offset).FirstAsync(r => r.Long(0), cancellation), cancellation);

    /// <summary>What each partition takes up, by stream, topic and partition.</summary>
    public Task<IReadOnlyList<KeptUse>> UseAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<KeptUse>)await reader
            .Sql("""
                SELECT u.cursor_id, c.stream, c.topic, c.partition, u.messages, u.bytes FROM message_use u JOIN handler_cursor c ON c.id = u.cursor_id
                ORDER BY c.stream, c.topic, c.partition
                """)
            .ListAsync(r => new KeptUse(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt32(3), r.GetInt64(4), r.GetInt64(5)), cancellation), cancellation);

    private const string Place = "c.stream = @stream AND c.topic = @topic AND c.partition = @partition";

    private static IReadOnlyList<KeptRow> NewestLast(IEnumerable<KeptRow> rows, KeptListQuery query) =>
        [.. rows.OrderByDescending(row => row.Id).Take(query.Limit).Reverse()];

    private static string Page(string where, string order) =>
        $"SELECT {MessageText.Read} {MessageText.From} WHERE {where} AND m.id > @above AND m.id < @before AND m.time_us >= @since ORDER BY {order} LIMIT @limit";

    private Task<List<KeptRow>> PageAsync(Sql sql, KeptListQuery query, long above, CancellationToken cancellation) =>
        sql.With("above", (long?)above).With("before", query.Before ?? long.MaxValue).With("since", query.SinceMicroseconds ?? long.MinValue).With("limit", (long?)query.Limit).ListAsync(Read, cancellation);

    private static Task<List<long>> CursorsAsync(TomReader reader, KeptListQuery query, CancellationToken cancellation) => Bind(
        reader.Sql($"SELECT u.cursor_id FROM message_use u JOIN handler_cursor c ON c.id = u.cursor_id WHERE u.messages > 0 AND {Named(query)}"), query)
        .ListAsync(r => r.GetInt64(0), cancellation);

    private static string Named(KeptListQuery query) =>
        (query.Stream is null ? "true" : "c.stream = @stream") + (query.Topic is null ? "" : " AND c.topic = @topic");

    private static Sql Bind(Sql sql, KeptListQuery query)
    {
        if (query.Stream is not null)
            sql.With("stream", query.Stream);
        return query.Topic is null ? sql : sql.With("topic", query.Topic);
    }

    /// <summary>The last id that was kept before a time; 0 where none was. Ids and times of keeping grow together, but for moments.</summary>
    private static async Task<long> LastKeptBeforeAsync(TomReader reader, long time, CancellationToken cancellation)
    {
        var low = 0L;
        var high = await reader.Sql("SELECT coalesce(max(id), 0) FROM message").FirstAsync(r => r.GetInt64(0), cancellation);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var kept = await reader.Sql("SELECT kept_us FROM message WHERE id >= @id ORDER BY id LIMIT 1").With("id", middle).FirstAsync(r => r.GetInt64(0), cancellation);
            if (kept < time)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private KeptRow Read(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Stream = r.GetString(1),
        Topic = r.GetString(2),
        Partition = r.GetInt32(3),
        Message = new(
            r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.IsDBNull(9) ? null : database.Dialect.ReadGuid(r, 9), r.Bytes(10), r.GetFieldValue<byte[]>(11),
            new(r.GetFieldValue<byte[]>(12), r.GetInt32(7), r.GetInt32(8))),
    };
}

/// <summary>A part of a partition's log.</summary>
/// <param name="FromOffset">First offset.</param>
/// <param name="EndOffset">First offset that is not meant any more.</param>
/// <param name="FromMicroseconds">Earliest time of a message [us since 1970, UTC].</param>
/// <param name="EndMicroseconds">First time that is not meant any more [us since 1970, UTC].</param>
public readonly record struct KeptRange(long FromOffset, long EndOffset, long FromMicroseconds = long.MinValue, long EndMicroseconds = long.MaxValue);
