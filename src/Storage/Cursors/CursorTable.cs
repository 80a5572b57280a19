using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Cursors;

/// <summary>Cursors and handler bindings. Moves go through <see cref="GroupCommitWriter.MoveCursorAsync"/>.</summary>
public sealed class CursorTable(TomDatabase database, GroupCommitWriter writer, TimeProvider? time = null)
{
    private const string Columns =
        "stream, topic, partition, handler, next_offset, owner_epoch, owner, cluster_id, consumed, handled, ignored, parked, dropped, lost, seek_us, topic_id, last_us";

    private const string ByKey = "stream = @stream AND topic = @topic AND partition = @partition AND handler = @handler";

    // Cursors of another cluster, or of another topic of the same name, do not count: their offsets mean other messages.
    private const string IsAnother =
        "(coalesce(handler_cursor.cluster_id <> excluded.cluster_id, false) OR coalesce(handler_cursor.topic_id <> excluded.topic_id, false))";

    private const string Claim = $"""
        INSERT INTO handler_cursor (stream, topic, partition, handler, next_offset, owner_epoch, owner, cluster_id, seek_us, topic_id)
        VALUES (@stream, @topic, @partition, @handler, @start, 1, @owner, @cluster, @now, @topicId)
        ON CONFLICT (stream, topic, partition, handler) DO UPDATE
        SET owner_epoch = handler_cursor.owner_epoch + 1,
            owner = excluded.owner,
            next_offset = CASE WHEN {IsAnother} THEN excluded.next_offset ELSE handler_cursor.next_offset END,
            last_us = CASE WHEN {IsAnother} THEN NULL ELSE handler_cursor.last_us END,
            cluster_id = coalesce(excluded.cluster_id, handler_cursor.cluster_id),
            topic_id = coalesce(excluded.topic_id, handler_cursor.topic_id)
        RETURNING {Columns}
        """;

    private const string Begin = """
        INSERT INTO handler_cursor (stream, topic, partition, handler, next_offset, owner_epoch, owner, cluster_id, seek_us)
        VALUES (@stream, @topic, @partition, @handler, @start, 0, '', @cluster, @now)
        ON CONFLICT (stream, topic, partition, handler) DO NOTHING
        """;

    private const int MostLostRanges = 100;

    /// <summary>
    /// Claims the cursors, all or none; one row a claim, in their order. From here on the moves of earlier owners fail. A cursor of another cluster, or of another topic of the same name, begins
    /// anew, and where it stood is noted as lost.
    /// </summary>
    public Task<IReadOnlyList<CursorRow>> ClaimAsync(IReadOnlyList<CursorClaim> claims) => writer.RunAsync(async context =>
    {
        var rows = new CursorRow[claims.Count];
        foreach (var (claim, index) in claims.Select((claim, index) => (claim, index)).OrderBy(c => c.claim.Key, KeyOrder))
        {
            var before = await Bind(context.Sql($"SELECT id, next_offset, cluster_id, topic_id FROM handler_cursor WHERE {ByKey}"), claim.Key)
                .FirstAsync(r => new Before(r.GetInt64(0), r.GetInt64(1), r.Text(2), r.Text(3)));
            rows[index] = (await Bind(context.Sql(Claim), claim.Key)
                .With("start", claim.StartOffset).With("now", Now).With("owner", claim.Owner).With("cluster", claim.ClusterId).With("topicId", claim.TopicId).FirstAsync(Read))!;
            if (before?.IsOfAnother(claim) == true)
            {
                await context.Sql("INSERT INTO lost_range (cursor_id, first_offset, last_offset, noted_us) VALUES (@cursor, @first, NULL, @now)")
                    .With("cursor", before.Id).With("first", before.NextOffset).With("now", Now).ExecuteAsync();
            }
        }

        return (IReadOnlyList<CursorRow>)rows;
    });

    /// <summary>
    /// Moves a claimed cursor to where a person wants it, and notes which order that was: it is carried out once. False, and nothing changed, when the claim was lost. Books stay:
    /// what is read a second time counts a second time.
    /// </summary>
    public Task<bool> SeekAsync(CursorKey key, long ownerEpoch, long offset, long seekMicroseconds) => writer.RunAsync(async context =>
        await Bind(context.Sql($"UPDATE handler_cursor SET next_offset = @offset, seek_us = @seek, last_us = NULL WHERE {ByKey} AND owner_epoch = @epoch"), key)
            .With("offset", offset).With("seek", seekMicroseconds).With("epoch", ownerEpoch).ExecuteAsync() > 0);

    /// <summary>The cursors of a topic, by partition and handler.</summary>
    public Task<IReadOnlyList<CursorRow>> ReadAsync(string stream, string topic, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<CursorRow>)await reader
            .Sql($"SELECT {Columns} FROM handler_cursor WHERE stream = @stream AND topic = @topic ORDER BY partition, handler")
            .With("stream", stream).With("topic", topic).ListAsync(Read, cancellation),
        cancellation);

    public Task<IReadOnlyList<CursorRow>> ReadAllAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<CursorRow>)await reader
            .Sql($"SELECT {Columns} FROM handler_cursor ORDER BY stream, topic, partition, handler").ListAsync(Read, cancellation),
        cancellation);

    /// <summary>How many messages are parked, for each topic and handler where there is one.</summary>
    public Task<IReadOnlyList<(string Stream, string Topic, string Handler, long Parked)>> ParkedAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<(string, string, string, long)>)await reader
            .Sql("SELECT stream, topic, handler, CAST(sum(parked) AS bigint) FROM handler_cursor GROUP BY stream, topic, handler HAVING sum(parked) > 0")
            .ListAsync(r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3)), cancellation),
        cancellation);

    /// <summary>How many messages the broker did not have any more, for each topic and handler where there is one.</summary>
    public Task<IReadOnlyList<(string Stream, string Topic, string Handler, long Lost)>> LostAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<(string, string, string, long)>)await reader
            .Sql("SELECT stream, topic, handler, CAST(sum(lost) AS bigint) FROM handler_cursor GROUP BY stream, topic, handler HAVING sum(lost) > 0")
            .ListAsync(r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3)), cancellation),
        cancellation);

    /// <summary>What the handlers of a topic never saw: the newest 100 ranges, the newest first.</summary>
    public Task<IReadOnlyList<LostRangeRow>> LostRangesAsync(string stream, string topic, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<LostRangeRow>)await reader
            .Sql($"""
                SELECT c.partition, c.handler, l.first_offset, l.last_offset, l.noted_us
                FROM lost_range l JOIN handler_cursor c ON c.id = l.cursor_id
                WHERE c.stream = @stream AND c.topic = @topic ORDER BY l.id DESC LIMIT {MostLostRanges}
                """)
            .With("stream", stream).With("topic", topic)
            .ListAsync(r => new LostRangeRow(new(stream, topic, r.GetInt32(0), r.GetString(1)), new(r.GetInt64(2), r.Long(3), r.GetInt64(4))), cancellation),
        cancellation);

    public Task<IReadOnlyList<HandlerBinding>> BindingsAsync(string stream, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<HandlerBinding>)await reader
            .Sql("SELECT stream, topic_key, handler FROM handler_binding WHERE stream = @stream ORDER BY topic_key, handler")
            .With("stream", stream).ListAsync(r => new HandlerBinding(r.GetString(0), r.GetString(1), r.GetString(2)), cancellation),
        cancellation);

    /// <summary>
    /// Notes that a handler is bound to a topic, with the cursors of the partitions that exist now: epoch 0, so that nobody owns them yet. Cursors that exist stay as they are.
    /// All or none; safe to repeat. True when the binding is new.
    /// </summary>
    public Task<bool> RegisterBindingAsync(
        string stream, string topicKey, string handler, IReadOnlyList<(CursorKey Key, long StartOffset)> cursors, string? clusterId) => writer.RunAsync(async context =>
    {
        var added = await context.Sql("INSERT INTO handler_binding (stream, topic_key, handler) VALUES (@stream, @topic, @handler) ON CONFLICT DO NOTHING")
            .With("stream", stream).With("topic", topicKey).With("handler", handler).ExecuteAsync();
        foreach (var (key, start) in cursors.OrderBy(cursor => cursor.Key, KeyOrder))
            await Bind(context.Sql(Begin), key).With("start", start).With("now", Now).With("cluster", clusterId).ExecuteAsync();
        return added > 0;
    });

    // A cursor that is made after an order to seek was not meant by it.
    private long Now => ((time ?? TimeProvider.System).GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    // One order for all silos, so that two cannot wait for each other in a ring.
    private static readonly Comparer<CursorKey> KeyOrder = Comparer<CursorKey>.Create((x, y) =>
    {
        var order = string.CompareOrdinal(x.Stream, y.Stream);
        if (order == 0)
            order = string.CompareOrdinal(x.Topic, y.Topic);
        if (order == 0)
            order = x.Partition.CompareTo(y.Partition);
        return order == 0 ? string.CompareOrdinal(x.Handler, y.Handler) : order;
    });

    private static Sql Bind(Sql sql, CursorKey key) =>
        sql.With("stream", key.Stream).With("topic", key.Topic).With("partition", key.Partition).With("handler", key.Handler);

    private static CursorRow Read(DbDataReader r) => new()
    {
        Key = new(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetString(3)),
        NextOffset = r.GetInt64(4),
        OwnerEpoch = r.GetInt64(5),
        Owner = r.GetString(6),
        ClusterId = r.Text(7),
        Consumed = r.GetInt64(8),
        Handled = r.GetInt64(9),
        Ignored = r.GetInt64(10),
        Parked = r.GetInt64(11),
        Dropped = r.GetInt64(12),
        Lost = r.GetInt64(13),
        SeekMicroseconds = r.GetInt64(14),
        TopicId = r.Text(15),
        LastMicroseconds = r.Long(16),
    };

    /// <summary>A cursor before a claim.</summary>
    private sealed record Before(long Id, long NextOffset, string? ClusterId, string? TopicId)
    {
        // As the statement of the claim has it.
        public bool IsOfAnother(CursorClaim claim) =>
            (ClusterId is not null && claim.ClusterId is not null && ClusterId != claim.ClusterId) || (TopicId is not null && claim.TopicId is not null && TopicId != claim.TopicId);
    }
}
