using System.Data.Common;
using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.Parked;

/// <summary>Reads parked messages. They are written with the cursor's move, and end by <see cref="ParkedFates"/>.</summary>
public sealed class ParkedTable(TomDatabase database)
{
    private const string Columns = """
        p.id, c.stream, c.topic, c.partition, c.handler, p.message_offset, p.time_us, p.message_key, p.headers, p.value, p.reason, p.faults,
        p.attempts, p.parked_us, p.next_try_us, p.state, p.ended_us
        """;

    private const string HeadColumns = "p.id, c.stream, c.topic, c.partition, c.handler, p.message_offset, p.state";

    private const string From = "FROM parked p JOIN handler_cursor c ON c.id = p.cursor_id";

    /// <summary>Those that still wait (parked or retrying), newest first, and how many there are in all.</summary>
    public Task<(long Total, IReadOnlyList<ParkedRow> Rows)> ListAsync(ParkedListQuery query, CancellationToken cancellation = default)
    {
        var where = Waiting(query);
        return database.ReadAsync(async reader =>
        {
            var total = await Bind(reader.Sql($"SELECT count(*) {where}"), query).FirstAsync(r => r.GetInt64(0), cancellation);
            var rows = await Bind(reader.Sql($"SELECT {Columns} {where} ORDER BY p.id DESC LIMIT @limit OFFSET @offset"), query)
                .With("limit", query.Limit).With("offset", query.Offset).ListAsync(Read, cancellation);
            return (total, (IReadOnlyList<ParkedRow>)rows);
        }, cancellation);
    }

    /// <summary>Null for an unknown id.</summary>
    public Task<ParkedRow?> GetAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        reader => GetAsync(reader.Sql, id, cancellation), cancellation);

    /// <summary>One message's rows with all handlers, in whatever state, by id.</summary>
    public Task<IReadOnlyList<ParkedRow>> FindAsync(string stream, string topic, int partition, long offset, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<ParkedRow>)await reader
            .Sql($"""
                SELECT {Columns} {From} WHERE c.stream = @stream AND c.topic = @topic AND c.partition = @partition AND p.message_offset = @offset ORDER BY p.id
                """)
            .With("stream", stream).With("topic", topic).With("partition", partition).With("offset", offset).ListAsync(Read, cancellation),
        cancellation);

    /// <summary>Heads of those of the ids that exist, in whatever state.</summary>
    public Task<IReadOnlyList<ParkedHead>> HeadsAsync(long[] ids, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<ParkedHead>)await reader
            .Sql($"SELECT {HeadColumns} {From} WHERE {database.Dialect.In("p.id", "@ids")}").With("ids", ids).ListAsync(ReadHead, cancellation),
        cancellation);

    /// <summary>Heads of those that still wait and whose ids are greater than <paramref name="after"/>, by id; the query's offset does not count.</summary>
    public Task<IReadOnlyList<ParkedHead>> HeadsAsync(ParkedListQuery query, long after, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<ParkedHead>)await Bind(reader.Sql($"SELECT {HeadColumns} {Waiting(query)} AND p.id > @after ORDER BY p.id LIMIT @limit"), query)
            .With("after", after).With("limit", query.Limit).ListAsync(ReadHead, cancellation),
        cancellation);

    /// <summary>
    /// How many wait for a person, for each topic and handler where one does, with the last of them and its reason. Those that are tried again by themselves count when that has failed twice.
    /// </summary>
    public Task<IReadOnlyList<ParkedCount>> CountsAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<ParkedCount>)await reader
            .Sql($"""
                SELECT w.stream, w.topic, w.handler, w.waiting, w.last_id, p.reason FROM (
                    SELECT c.stream, c.topic, c.handler, count(*) AS waiting, max(p.id) AS last_id {From} WHERE p.state < 2 AND (p.next_try_us IS NULL OR p.attempts > 2) GROUP BY c.stream, c.topic, c.handler) w
                JOIN parked p ON p.id = w.last_id ORDER BY w.stream, w.topic, w.handler
                """)
            .ListAsync(r => new ParkedCount(r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetInt64(4), r.GetString(5)), cancellation),
        cancellation);

    /// <summary>How many wait for one handler of a topic, and how many bytes their values and headers have.</summary>
    public Task<(long Count, long Bytes)> WaitingAsync(string stream, string topic, string handler, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql($"""
            SELECT count(*), coalesce(sum(length(p.value) + length(p.headers) + coalesce(length(p.message_key), 0)), 0) {From}
            WHERE p.state < 2 AND c.stream = @stream AND c.topic = @topic AND c.handler = @handler
            """)
            .With("stream", stream).With("topic", topic).With("handler", handler).FirstAsync(r => (r.GetInt64(0), r.GetInt64(1)), cancellation),
        cancellation);

    internal static async Task<List<ParkedHead>> DueAsync(Func<string, Sql> sql, long now, int limit) => await sql(
        $"SELECT {HeadColumns} {From} WHERE p.state = 1 AND p.claimed_until_us IS NULL AND p.next_try_us <= @now ORDER BY p.next_try_us, p.id LIMIT @limit")
        .With("now", now).With("limit", limit).ListAsync(ReadHead);

    internal static Task<ParkedRow?> GetAsync(Func<string, Sql> sql, long id, CancellationToken cancellation = default) =>
        sql($"SELECT {Columns} {From} WHERE p.id = @id").With("id", id).FirstAsync(Read, cancellation);

    private static string Waiting(ParkedListQuery query) => $"{From} WHERE p.state < 2"
        + (query.Stream is null ? "" : " AND c.stream = @stream")
        + (query.Topic is null ? "" : " AND c.topic = @topic")
        + (query.Handler is null ? "" : " AND c.handler = @handler");

    private static Sql Bind(Sql sql, ParkedListQuery query)
    {
        if (query.Stream is not null)
            sql.With("stream", query.Stream);
        if (query.Topic is not null)
            sql.With("topic", query.Topic);
        return query.Handler is null ? sql : sql.With("handler", query.Handler);
    }

    private static ParkedHead ReadHead(DbDataReader r) =>
        new(r.GetInt64(0), new(r.GetString(1), r.GetString(2), r.GetInt32(3), r.GetString(4)), r.GetInt64(5), r.GetInt32(6));

    private static ParkedRow Read(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Handler = new(r.GetString(1), r.GetString(2), r.GetInt32(3), r.GetString(4)),
        Message = new(
            r.GetInt64(5), r.GetInt64(6), r.Bytes(7), r.GetFieldValue<byte[]>(8), r.GetFieldValue<byte[]>(9), r.GetString(10), r.GetString(11),
            r.GetInt32(12), r.GetInt64(13), r.Long(14)),
        State = r.GetInt32(15),
        EndedMicroseconds = r.Long(16),
    };
}
