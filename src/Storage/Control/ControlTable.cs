using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Control;

/// <summary>Pauses and seeks. An order is durable when the method returns; the owners of the partitions look here for what is new. An empty handler means the whole topic.</summary>
public sealed class ControlTable(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns = "topic, handler, paused_by, paused_us, seek_to, seek_value, seek_us, revision";

    private const string Insert = "INSERT INTO topic_control (stream, topic, handler, revision";

    private const string OnConflict = "ON CONFLICT (stream, topic, handler) DO UPDATE SET revision = topic_control.revision + 1";

    /// <summary>All orders for a stream's topics: few, however many topics there are.</summary>
    public Task<IReadOnlyList<ControlRow>> ReadAsync(string stream, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<ControlRow>)await reader
            .Sql($"SELECT {Columns} FROM topic_control WHERE stream = @stream ORDER BY topic, handler").With("stream", stream).ListAsync(Read, cancellation),
        cancellation);

    public Task<IReadOnlyList<ControlRow>> ReadAsync(string stream, string topic, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<ControlRow>)await reader
            .Sql($"SELECT {Columns} FROM topic_control WHERE stream = @stream AND topic = @topic ORDER BY handler")
            .With("stream", stream).With("topic", topic).ListAsync(Read, cancellation),
        cancellation);

    /// <summary>Safe to repeat: who paused it first stays.</summary>
    public Task PauseAsync(string stream, string topic, string handler, PauseOrder order) => writer.RunAsync(async context =>
        await context.Sql($"""
            {Insert}, paused_by, paused_us) VALUES (@stream, @topic, @handler, 1, @by, @us)
            {OnConflict}, paused_by = coalesce(topic_control.paused_by, excluded.paused_by), paused_us = coalesce(topic_control.paused_us, excluded.paused_us)
            """)
            .With("stream", stream).With("topic", topic).With("handler", handler).With("by", order.By).With("us", order.Microseconds).ExecuteAsync());

    /// <summary>Ends the pause of the handler, or, with an empty one, all pauses of the topic. False when there was none.</summary>
    public Task<bool> ResumeAsync(string stream, string topic, string handler) => writer.RunAsync(async context =>
        await context.Sql("""
            UPDATE topic_control SET paused_by = NULL, paused_us = NULL, revision = revision + 1
            WHERE stream = @stream AND topic = @topic AND paused_us IS NOT NULL AND (@handler = '' OR handler = @handler)
            """)
            .With("stream", stream).With("topic", topic).With("handler", handler).ExecuteAsync() > 0);

    /// <summary>
    /// Orders a seek; it takes the place of an earlier one of the same handler that was not carried out yet. Its time is made later than that of each cursor and order of the topic: it would be
    /// passed over if a clock had gone back.
    /// </summary>
    public Task SeekAsync(string stream, string topic, string handler, SeekOrder order) => writer.RunAsync(async context =>
    {
        var last = await context.Sql("""
            SELECT max(seek_us) FROM (
                SELECT seek_us FROM topic_control WHERE stream = @stream AND topic = @topic
                UNION ALL
                SELECT seek_us FROM handler_cursor WHERE stream = @stream AND topic = @topic) AS seeks
            """)
            .With("stream", stream).With("topic", topic).FirstAsync(row => row.Long(0));
        return await context.Sql($"""
            {Insert}, seek_to, seek_value, seek_us) VALUES (@stream, @topic, @handler, 1, @to, @value, @us)
            {OnConflict}, seek_to = excluded.seek_to, seek_value = excluded.seek_value, seek_us = excluded.seek_us
            """)
            .With("stream", stream).With("topic", topic).With("handler", handler)
            .With("to", order.To).With("value", order.Value).With("us", Math.Max(order.Microseconds, (last ?? 0) + 1)).ExecuteAsync();
    });

    private static ControlRow Read(DbDataReader r) => new(
        r.GetString(0),
        r.GetString(1),
        r.Long(3) is { } paused ? new(r.GetString(2), paused) : null,
        r.Long(6) is { } seek ? new(r.GetInt32(4), r.GetInt64(5), seek) : null,
        r.GetInt64(7));
}
