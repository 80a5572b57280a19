using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Parked;

public sealed class SqliteParkedTableTests() : ParkedTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlParkedTableTests(PostgreSqlServer server) : ParkedTableTests(new PostgreSqlTestDatabase(server));

public abstract class ParkedTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private ParkedTable Table => new(Database);

    [Fact]
    public async Task Parked_message_comes_back_with_its_bytes()
    {
        var message = new NewParked(12, 5_000, [1, 0, 255], [9], [], "the time cannot be read", """[{"row":1}]""", 3, 6_000, 7_000);
        var keyless = message with { Offset = 13, Key = null, NextTryMicroseconds = null };
        await ParkAsync(Rows.Cursor(), message, keyless);

        var (total, rows) = await Table.ListAsync(new(null, null, null, 10, 0));

        Assert.Equal((2, 2), (total, rows.Count));
        Assert.Equal([13L, 12L], rows.Select(row => row.Message.Offset));
        Assert.Equivalent(keyless, rows[0].Message);
        Assert.Equivalent(message, rows[1].Message);
        Assert.Equal([ParkedState.Parked, ParkedState.Retrying], rows.Select(row => row.State));
        Assert.Equal(Rows.Cursor(), rows[0].Handler);
        Assert.Equivalent(rows[1], await Table.GetAsync(rows[1].Id));
        Assert.Null(await Table.GetAsync(999));
    }

    [Fact]
    public async Task List_is_by_stream_topic_and_handler_and_pages()
    {
        await ParkAsync(Rows.Cursor("log"), Rows.Parked(1), Rows.Parked(2));
        await ParkAsync(Rows.Cursor("hermes"), Rows.Parked(3));
        await ParkAsync(Rows.Cursor("log", topic: "other"), Rows.Parked(4));

        Assert.Equal(4, (await Table.ListAsync(new("hopskotch", null, null, 10, 0))).Total);
        Assert.Equal(0, (await Table.ListAsync(new("gcn", null, null, 10, 0))).Total);
        Assert.Equal(3, (await Table.ListAsync(new(null, "topic", null, 10, 0))).Total);
        var (total, rows) = await Table.ListAsync(new("hopskotch", "topic", "log", 1, 1));
        Assert.Equal((2, 1), (total, Assert.Single(rows).Message.Offset));
    }

    private async Task ParkAsync(CursorKey key, params NewParked[] messages)
    {
        var cursor = (await new CursorTable(Database, Writer).ClaimAsync([new(key, "silo", 0, null)]))[0];
        Assert.True(await Writer.MoveCursorAsync(Rows.Move(cursor, cursor.NextOffset + 10, messages)));
    }
}
