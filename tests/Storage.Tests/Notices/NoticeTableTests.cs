using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Notices;
using TomOrleans.Storage.Parked;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Notices;

public sealed class SqliteNoticeTableTests() : NoticeTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlNoticeTableTests(PostgreSqlServer server) : NoticeTableTests(new PostgreSqlTestDatabase(server));

public abstract class NoticeTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private static readonly NoticeRow Any = new()
    {
        Kind = "parked",
        Subject = "hop/hermes.test/hermes",
        Level = 1,
        Text = "3 messages are parked",
        Count = 3,
        Mark = 17,
        SinceMicroseconds = 5,
        LastMicroseconds = 6,
    };

    private NoticeTable Table => new(Database, Writer);

    [Fact]
    public async Task A_thing_has_one_row_with_one_id_however_often_it_is_stored()
    {
        var other = Any with { Kind = "lost" };
        var saved = await Table.SaveAsync([Any, other]);
        var full = saved[0] with
        {
            Level = 2,
            Text = "4 messages",
            Count = 4,
            Mark = 18,
            LastMicroseconds = 7,
            EndedMicroseconds = 8,
            SeenMicroseconds = 9,
            SeenBy = "anna",
            SeenMark = 18,
            ToldMicroseconds = 10,
            ToldMark = 18,
            WasToldOpen = true,
        };

        Assert.Equal(full, Assert.Single(await Table.SaveAsync([full])));
        Assert.Equal([full, saved[1]], await Table.ReadAllAsync(TestContext.Current.CancellationToken));
        Assert.Equal(other with { Id = saved[1].Id }, saved[1]);
        Assert.NotEqual(saved[0].Id, saved[1].Id);
    }

    [Fact]
    public async Task What_is_tried_again_by_itself_is_no_matter_for_a_person_before_that_has_failed()
    {
        var key = new CursorKey("hop", "hermes.test", 0, "hermes");
        var row = Assert.Single(await new CursorTable(Database, Writer).ClaimAsync([new(key, "me", 0, null)]));
        await Writer.MoveCursorAsync(new(key, row.OwnerEpoch, 0, 5, Consumed: 1, Handled: 0, Ignored: 0, Lost: 0, [new(1, 1, null, [], [1], "busy", "[]", 1, 1, NextTryMicroseconds: 10)]));
        var (parked, fates) = (new ParkedTable(Database), new ParkedFates(Writer));
        foreach (var attempt in new[] { 2, 3 })
        {
            Assert.Empty(await parked.CountsAsync(TestContext.Current.CancellationToken));
            var claim = new ParkedClaim(Assert.Single(await fates.DueAsync(1_000, 5)).Id, 2_000);
            Assert.NotNull(await fates.ClaimAsync(claim, 1_000));
            Assert.True(await fates.ParkAgainAsync(claim, $"busy {attempt}", "[]", nextTryMicroseconds: 100));
        }

        Assert.Equal("busy 3", Assert.Single(await parked.CountsAsync(TestContext.Current.CancellationToken)).LastReason);
    }

    [Fact]
    public async Task What_is_parked_and_lost_is_counted_by_topic_and_handler()
    {
        var cursors = new CursorTable(Database, Writer);
        var parked = new ParkedTable(Database);
        Assert.Empty(await parked.CountsAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await cursors.LostAsync(TestContext.Current.CancellationToken));
        foreach (var partition in new[] { 0, 1 })
        {
            var key = new CursorKey("hop", "hermes.test", partition, "hermes");
            var row = Assert.Single(await cursors.ClaimAsync([new(key, "me", 0, null)]));
            NewParked Bad(long offset) => new(offset, 1, null, [], [1], $"reason {partition}/{offset}", "[]", 1, 1, null);
            Assert.True(await Writer.MoveCursorAsync(new(key, row.OwnerEpoch, 0, 5, Consumed: 2, Handled: 0, Ignored: 0, Lost: 3, [Bad(1), Bad(3)])));
        }

        var count = Assert.Single(await parked.CountsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("hop", "hermes.test", "hermes", 4L, "reason 1/3"), (count.Stream, count.Topic, count.Handler, count.Waiting, count.LastReason));
        Assert.Equal(("hop", "hermes.test", "hermes", 6L), Assert.Single(await cursors.LostAsync(TestContext.Current.CancellationToken)));
    }
}
