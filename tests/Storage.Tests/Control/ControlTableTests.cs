using TomOrleans.Storage.Control;
using TomOrleans.Storage.Cursors;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Control;

public sealed class SqliteControlTableTests() : ControlTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlControlTableTests(PostgreSqlServer server) : ControlTableTests(new PostgreSqlTestDatabase(server));

public abstract class ControlTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private ControlTable Table => new(Database, Writer);

    [Fact]
    public async Task Pause_keeps_who_paused_first_and_ends_with_resume()
    {
        await Table.PauseAsync("s", "t", "", new("ada", 10));
        await Table.PauseAsync("s", "t", "", new("bob", 20));
        Assert.Equal(new ControlRow("t", "", new("ada", 10), null, 2), Assert.Single(await Table.ReadAsync("s", "t")));

        Assert.True(await Table.ResumeAsync("s", "t", ""));
        Assert.False(await Table.ResumeAsync("s", "t", ""));
        Assert.Equal(new ControlRow("t", "", null, null, 3), Assert.Single(await Table.ReadAsync("s", "t")));
        Assert.Empty(await Table.ReadAsync("other"));
    }

    [Fact]
    public async Task Resume_of_the_topic_ends_the_pauses_of_its_handlers_and_resume_of_a_handler_only_its_own()
    {
        await Table.PauseAsync("s", "t", "hermes", new("ada", 10));
        await Table.PauseAsync("s", "t", "log", new("ada", 11));
        await Table.PauseAsync("s", "other", "log", new("ada", 12));

        await Table.ResumeAsync("s", "t", "log");
        Assert.Equal([true, false], (await Table.ReadAsync("s", "t")).Select(row => row.Pause is not null));
        await Table.ResumeAsync("s", "t", "");
        Assert.Equal([false, false], (await Table.ReadAsync("s", "t")).Select(row => row.Pause is not null));
        Assert.NotNull(Assert.Single(await Table.ReadAsync("s", "other")).Pause);
    }

    [Fact]
    public async Task Seek_takes_the_place_of_the_one_before_and_leaves_the_pause()
    {
        await Table.PauseAsync("s", "t", "log", new("ada", 10));
        await Table.SeekAsync("s", "t", "log", new(SeekGoal.Offset, 7, 20));
        await Table.SeekAsync("s", "t", "log", new(SeekGoal.Latest, 0, 30));

        Assert.Equal(new ControlRow("t", "log", new("ada", 10), new(SeekGoal.Latest, 0, 30), 3), Assert.Single(await Table.ReadAsync("s")));
    }

    [Fact]
    public async Task Seek_is_later_than_every_cursor_and_order_of_its_topic_though_the_clock_went_back()
    {
        var cursor = (await new CursorTable(Database, Writer).ClaimAsync([new(Rows.Cursor(), "silo-1", 40, null)]))[0];

        await Table.SeekAsync(cursor.Key.Stream, cursor.Key.Topic, "", new(SeekGoal.Offset, 7, cursor.SeekMicroseconds - 3_600_000_000));
        Assert.Equal(cursor.SeekMicroseconds + 1, Assert.Single(await Table.ReadAsync(cursor.Key.Stream)).Seek!.Microseconds);
        await Table.SeekAsync(cursor.Key.Stream, cursor.Key.Topic, "", new(SeekGoal.Offset, 8, cursor.SeekMicroseconds));
        Assert.Equal(cursor.SeekMicroseconds + 2, Assert.Single(await Table.ReadAsync(cursor.Key.Stream)).Seek!.Microseconds);
    }

    [Fact]
    public async Task Cursor_follows_an_order_once_and_only_for_its_owner()
    {
        var cursors = new CursorTable(Database, Writer);
        var old = (await cursors.ClaimAsync([new(Rows.Cursor(), "silo-1", 40, null)]))[0];
        var now = (await cursors.ClaimAsync([new(Rows.Cursor(), "silo-2", 40, null)]))[0];

        Assert.False(await cursors.SeekAsync(old.Key, old.OwnerEpoch, 5, 100));
        Assert.True(await cursors.SeekAsync(now.Key, now.OwnerEpoch, 5, now.SeekMicroseconds + 1));

        var row = Assert.Single(await cursors.ReadAllAsync());
        Assert.Equal((5, now.SeekMicroseconds + 1), (row.NextOffset, row.SeekMicroseconds));
    }

    [Fact]
    public async Task Cursor_made_after_an_order_is_not_meant_by_it()
    {
        var ordered = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var cursors = new CursorTable(Database, Writer);

        var claimed = (await cursors.ClaimAsync([new(Rows.Cursor("claimed"), "s", 40, null)]))[0];
        await cursors.RegisterBindingAsync("hopskotch", "topic", "bound", [(Rows.Cursor("bound"), 7)], null);

        Assert.All(await cursors.ReadAllAsync(), row => Assert.True(row.SeekMicroseconds >= ordered));
        Assert.True(claimed.SeekMicroseconds >= ordered);
    }
}
