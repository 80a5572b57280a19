using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Messages;

public sealed class SqliteMessageTableTests() : MessageTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlMessageTableTests(PostgreSqlServer server) : MessageTableTests(new PostgreSqlTestDatabase(server));

public abstract class MessageTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private const long Minute = 60_000_000;

    private MessageTable Table => new(Database);

    private MessageRetention Retention => new(Database, Writer);

    [Fact]
    public async Task A_kept_message_is_found_as_it_came_by_its_place_and_by_its_id()
    {
        var id = Guid.NewGuid();
        var value = string.Concat(Enumerable.Repeat("{\"magnitude\": 19.5}", 200)).Select(c => (byte)c).ToArray();
        var cursor = await ClaimAsync();
        await KeepAsync(cursor, Message(5, value: value, id: id), Message(7));

        var row = await Table.FindAsync("hopskotch", "topic", 0, 5, Cancellation);
        Assert.NotNull(row);
        Assert.Equal((5, 5_000, id), (row.Message.Offset, row.Message.TimeMicroseconds, row.Message.MessageId));
        Assert.Equal<byte>([1, 2], row.Message.Key!);
        Assert.Equal<byte>([3], row.Message.Headers);
        Assert.True(row.Message.Value.Bytes.Length < value.Length / 4);
        Assert.Equal(value, row.Message.Value.Unpack());
        Assert.Equal(row.Id, (await Table.FindAsync(id, Cancellation))!.Id);
        Assert.Null(await Table.FindAsync("hopskotch", "topic", 0, 6, Cancellation));
        Assert.Null(await Table.FindAsync(Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task Rows_are_kept_only_where_the_cursor_moves()
    {
        var cursor = await ClaimAsync();
        await ClaimAsync();

        Assert.False(await Writer.MoveCursorAsync(Move(cursor, Message(0))));
        Assert.Empty(await ListAsync());
        Assert.Equal((0, 0), await UseAsync());
    }

    [Fact]
    public async Task What_is_read_again_takes_the_place_of_what_was_kept_and_counts_once()
    {
        var cursor = await ClaimAsync();
        cursor = await KeepAsync(cursor, Message(0), Message(1), Message(2));
        var use = await UseAsync();
        await new CursorTable(Database, Writer).SeekAsync(cursor.Key, cursor.OwnerEpoch, 1, 1);
        await KeepAsync(cursor with { NextOffset = 1 }, Message(1, time: 77), Message(2, time: 78));

        var rows = await ListAsync();
        Assert.Equal([(0, 0), (1, 77), (2, 78)], rows.Select(row => (row.Message.Offset, row.Message.TimeMicroseconds)));
        Assert.Equal(use, await UseAsync());
    }

    [Fact]
    public async Task The_newest_come_last_and_those_after_one_in_order()
    {
        var first = await KeepAsync(await ClaimAsync(), Message(0), Message(1));
        await KeepAsync(await ClaimAsync(partition: 1), Message(9), Message(10));
        await KeepAsync(first, Message(2));
        await KeepAsync(await ClaimAsync(topic: "other"), Message(3));

        Assert.Equal([10, 2, 3], (await ListAsync(limit: 3)).Select(row => row.Message.Offset));
        Assert.Equal([9, 10, 2], (await ListAsync(topic: "topic", limit: 3)).Select(row => row.Message.Offset));
        var after = (await ListAsync())[0].Id;
        Assert.Equal([1, 9], (await ListAsync(topic: "topic", after: after, limit: 2)).Select(row => row.Message.Offset));
        Assert.Equal([1, 9, 10, 2, 3], (await ListAsync(after: after)).Select(row => row.Message.Offset));
        Assert.Empty(await ListAsync(topic: "none"));
    }

    [Fact]
    public async Task Messages_since_a_time_are_found_among_many_that_are_older()
    {
        var cursor = await ClaimAsync();
        cursor = await KeepAsync(cursor, [.. Enumerable.Range(0, 300).Select(i => Message(i, time: i * Minute, kept: i * Minute))]);

        var since = await ListAsync(since: 290 * Minute);
        Assert.Equal(Enumerable.Range(290, 10).Select(i => (long)i), since.Select(row => row.Message.Offset));
        Assert.Equal(since.Select(row => row.Id), (await ListAsync(topic: "topic", since: 290 * Minute)).Select(row => row.Id));
        var part = await Table.ReadAsync("hopskotch", "topic", 0, new(3, 8, 5 * Minute, 7 * Minute), 100, cancellation: Cancellation);
        Assert.Equal([5, 6], part.Select(row => row.Message.Offset));
    }

    [Fact]
    public async Task Age_takes_the_oldest_in_pieces_and_leaves_the_rest()
    {
        var cursor = await ClaimAsync();
        await KeepAsync(cursor, [.. Enumerable.Range(0, 1_200).Select(i => Message(i, kept: i * Minute))]);
        var id = (await Table.UseAsync(Cancellation)).Single().CursorId;

        Assert.Equal(MessageRetention.Piece, (await Retention.RemoveAsync(id, 1_000 * Minute)).Messages);
        Assert.Equal(MessageRetention.Piece, (await Retention.RemoveAsync(id, 1_000 * Minute)).Messages);
        Assert.Equal(0, (await Retention.RemoveAsync(id, 1_000 * Minute)).Messages);

        Assert.Equal(1_000, (await Table.ReadAsync("hopskotch", "topic", 0, new(0, 5_000), 1, cancellation: Cancellation)).Single().Message.Offset);
        Assert.Equal(1_000 * Minute, (await Retention.OldestAsync([id], Cancellation))[id]);
        var use = await UseAsync();
        Assert.Equal(200, use.Messages);
        Assert.Equal((await ListAsync()).Sum(row => row.Message.Bytes), use.Bytes);
    }

    [Fact]
    public async Task Bytes_take_no_more_of_the_oldest_than_is_asked()
    {
        var cursor = await ClaimAsync();
        await KeepAsync(cursor, [.. Enumerable.Range(0, 100).Select(i => Message(i))]);
        var id = (await Table.UseAsync(Cancellation)).Single().CursorId;
        var each = (await UseAsync()).Bytes / 100;

        Assert.Equal((10, 10 * each), await Retention.RemoveAsync(id, long.MaxValue, 10 * each));
        Assert.Equal(10, (await ListAsync())[0].Message.Offset);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static NewMessage Message(long offset, long? time = null, long kept = 1, byte[]? value = null, Guid? id = null) =>
        new(offset, time ?? (offset * 1_000), kept, id, [1, 2], [3], PackedValue.Of(value ?? [4, 0, 5]));

    private static CursorMove Move(CursorRow cursor, params NewMessage[] messages) =>
        Rows.Move(cursor, messages[^1].Offset + 1) with { Kept = messages };

    private async Task<CursorRow> ClaimAsync(int partition = 0, string topic = "topic") => (await new CursorTable(Database, Writer).ClaimAsync(
        [new(Rows.Cursor("archive", partition, topic), "silo", 0, null)]))[0];

    private async Task<CursorRow> KeepAsync(CursorRow cursor, params NewMessage[] messages)
    {
        Assert.True(await Writer.MoveCursorAsync(Move(cursor, messages)));
        return cursor with { NextOffset = messages[^1].Offset + 1 };
    }

    private Task<IReadOnlyList<KeptRow>> ListAsync(string? topic = null, long? since = null, long? after = null, int limit = 10_000) =>
        Table.ListAsync(new(topic is null ? null : "hopskotch", topic, since, after, limit), Cancellation);

    private async Task<(long Messages, long Bytes)> UseAsync()
    {
        var use = await Table.UseAsync(Cancellation);
        return (use.Sum(row => row.Messages), use.Sum(row => row.Bytes));
    }
}
