using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Cursors;

public sealed class SqliteCursorTableTests() : CursorTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlCursorTableTests(PostgreSqlServer server) : CursorTableTests(new PostgreSqlTestDatabase(server));

public abstract class CursorTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private CursorTable Table => new(Database, Writer);

    [Fact]
    public async Task First_claim_makes_the_cursor_at_its_start()
    {
        var row = await ClaimAsync(start: 40, cluster: "c1");

        Assert.Equal(row, Assert.Single(await Table.ReadAsync("hopskotch", "topic")));
        Assert.Equal((40, 1, "silo-1", "c1"), (row.NextOffset, row.OwnerEpoch, row.Owner, row.ClusterId));
        Assert.Equal((0, 0, 0, 0, 0, 0), (row.Consumed, row.Handled, row.Ignored, row.Parked, row.Dropped, row.Lost));
    }

    [Fact]
    public async Task Later_claim_raises_the_epoch_and_keeps_offset_and_books()
    {
        var first = await ClaimAsync(start: 40);
        await Writer.MoveCursorAsync(Rows.Move(first, 50));

        var second = await ClaimAsync(start: 999, owner: "silo-2", cluster: "c1");

        Assert.Equal((50, 2, "silo-2", "c1", 10), (second.NextOffset, second.OwnerEpoch, second.Owner, second.ClusterId, second.Consumed));
    }

    [Fact]
    public async Task What_was_lost_is_kept_with_its_range_in_the_transaction_of_the_move()
    {
        var row = await ClaimAsync(start: 40);
        await Writer.MoveCursorAsync(Rows.Move(row, 60) with { Lost = 20, LostRange = new(40, 59, 1_000) });
        await Writer.MoveCursorAsync(Rows.Move(row, 60) with { Lost = 20, LostRange = new(40, 59, 2_000) });

        Assert.Equal([new LostRangeRow(row.Key, new(40, 59, 1_000))], await Table.LostRangesAsync("hopskotch", "topic"));
        Assert.Empty(await Table.LostRangesAsync("hopskotch", "other"));
    }

    [Fact]
    public async Task Where_the_cursor_of_another_topic_stood_is_kept_as_lost_without_an_end()
    {
        await ClaimAsync(start: 40, cluster: "c1");
        Assert.Empty(await Table.LostRangesAsync("hopskotch", "topic"));

        await ClaimAsync(start: 0, cluster: "c2");
        await ClaimAsync(start: 0, cluster: "c2");

        var lost = Assert.Single(await Table.LostRangesAsync("hopskotch", "topic"));
        Assert.Equal((40L, (long?)null), (lost.Range.First, lost.Range.Last));
    }

    [Fact]
    public async Task Cursor_of_another_cluster_starts_again()
    {
        await ClaimAsync(start: 40, cluster: "c1");

        Assert.Equal(40, (await ClaimAsync(start: 7, cluster: null)).NextOffset);
        Assert.Equal(40, (await ClaimAsync(start: 7, cluster: "c1")).NextOffset);
        var moved = await ClaimAsync(start: 7, cluster: "c2");
        Assert.Equal((7, "c2"), (moved.NextOffset, moved.ClusterId));
    }

    [Fact]
    public async Task Cursor_of_a_topic_that_was_made_again_starts_again()
    {
        var first = await TopicAsync(40, "id-1");
        Assert.True(await Writer.MoveCursorAsync(Rows.Move(first, 50) with { LastMicroseconds = 77 }));
        Assert.Equal((50, 77, "id-1"), await WhereAsync(TopicAsync(7, null)));
        Assert.Equal((50, 77, "id-1"), await WhereAsync(TopicAsync(7, "id-1")));

        Assert.Equal((7, null, "id-2"), await WhereAsync(TopicAsync(7, "id-2")));

        static async Task<(long, long?, string?)> WhereAsync(Task<CursorRow> claim) => ((await claim).NextOffset, (await claim).LastMicroseconds, (await claim).TopicId);
    }

    private async Task<CursorRow> TopicAsync(long start, string? topicId) =>
        (await Table.ClaimAsync([new(Rows.Cursor(), "silo-1", start, "c1", topicId)]))[0];

    [Fact]
    public async Task Claims_answer_in_their_order()
    {
        var rows = await Table.ClaimAsync([
            new(Rows.Cursor("z"), "s", 1, null), new(Rows.Cursor("a", 10), "s", 2, null), new(Rows.Cursor("a", 9), "s", 3, null)]);

        Assert.Equal([1, 2, 3], rows.Select(row => row.NextOffset));
        Assert.Equal(["z", "a", "a"], rows.Select(row => row.Key.Handler));
        Assert.Equal(3, (await Table.ReadAllAsync()).Count);
    }

    [Fact]
    public async Task Move_carries_offset_books_and_parked_messages()
    {
        var cursor = await ClaimAsync(start: 10);

        var moved = await Writer.MoveCursorAsync(new(cursor.Key, 1, 10, 20, 9, 5, 3, 1, [Rows.Parked(12)]));

        Assert.True(moved);
        var row = Assert.Single(await Table.ReadAllAsync());
        Assert.Equal((20, 9, 5, 3, 1, 0, 1), (row.NextOffset, row.Consumed, row.Handled, row.Ignored, row.Parked, row.Dropped, row.Lost));
    }

    [Fact]
    public async Task Move_of_an_old_owner_fails_and_parks_nothing()
    {
        var old = await ClaimAsync(start: 10);
        var current = await ClaimAsync(start: 10, owner: "silo-2");

        Assert.False(await Writer.MoveCursorAsync(Rows.Move(old, 20, Rows.Parked(12))));

        Assert.Equal(0, (await new ParkedTable(Database).ListAsync(new(null, null, null, 10, 0))).Total);
        Assert.Equal(current, Assert.Single(await Table.ReadAllAsync()));
        Assert.True(await Writer.MoveCursorAsync(Rows.Move(current, 20)));
    }

    [Fact]
    public async Task Move_of_another_silo_s_old_owner_fails_too()
    {
        await using var other = await Test.OpenAsync();
        await using var otherWriter = new TomOrleans.Storage.Writing.GroupCommitWriter(other);
        var old = await ClaimAsync(start: 10);
        var current = (await new CursorTable(other, otherWriter).ClaimAsync([new(old.Key, "silo-2", 10, null)]))[0];

        Assert.False(await Writer.MoveCursorAsync(Rows.Move(old, 20)));
        Assert.True(await otherWriter.MoveCursorAsync(Rows.Move(current, 20)));
    }

    [Fact]
    public async Task Move_repeated_or_from_elsewhere_changes_nothing()
    {
        var cursor = await ClaimAsync(start: 10);
        var move = Rows.Move(cursor, 20);

        Assert.True(await Writer.MoveCursorAsync(move));
        Assert.False(await Writer.MoveCursorAsync(move));
        Assert.False(await Writer.MoveCursorAsync(move with { ExpectedOffset = 30, NextOffset = 40 }));
        Assert.False(await Writer.MoveCursorAsync(move with { Key = Rows.Cursor("nobody") }));

        Assert.Equal((20, 10), (await Table.ReadAllAsync()).Select(row => (row.NextOffset, row.Consumed)).Single());
    }

    [Fact]
    public async Task Moves_queued_one_behind_the_other_all_happen()
    {
        var cursor = await ClaimAsync(start: 0);

        var moves = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Writer.MoveCursorAsync(new(cursor.Key, 1, i * 10, (i + 1) * 10, 10, 10, 0, 0, []))));

        Assert.All(moves, Assert.True);
        Assert.Equal((500, 500), (await Table.ReadAllAsync()).Select(row => (row.NextOffset, row.Handled)).Single());
    }

    [Fact]
    public async Task Registered_binding_has_its_cursors_with_nobody_as_owner()
    {
        var taken = await ClaimAsync(start: 10);

        var added = await Table.RegisterBindingAsync("hopskotch", "top*", "log", [(taken.Key, 99), (Rows.Cursor("log", 1), 77)], "c1");
        var again = await Table.RegisterBindingAsync("hopskotch", "top*", "log", [(Rows.Cursor("log", 1), 88)], "c1");

        Assert.Equal((true, false), (added, again));
        Assert.Equal([new HandlerBinding("hopskotch", "top*", "log")], await Table.BindingsAsync("hopskotch"));
        Assert.Empty(await Table.BindingsAsync("gcn"));
        var rows = await Table.ReadAsync("hopskotch", "topic");
        Assert.Equal(taken, rows[0]);
        Assert.Equal((77, 0, "", "c1"), (rows[1].NextOffset, rows[1].OwnerEpoch, rows[1].Owner, rows[1].ClusterId));
        Assert.Equal((77, 1), (await Table.ClaimAsync([new(rows[1].Key, "s", 5, "c1")])).Select(row => (row.NextOffset, row.OwnerEpoch)).Single());
    }

    [Fact]
    public async Task Parked_messages_are_counted_by_topic_and_handler_over_all_partitions()
    {
        var claims = await Table.ClaimAsync([.. new[] { Rows.Cursor(), Rows.Cursor(partition: 1), Rows.Cursor("hermes") }.Select(key => new CursorClaim(key, "silo-1", 0, null))]);
        Assert.True(await Writer.MoveCursorAsync(Rows.Move(claims[0], 5, Rows.Parked(1), Rows.Parked(2))));
        Assert.True(await Writer.MoveCursorAsync(Rows.Move(claims[1], 5, Rows.Parked(4))));
        Assert.True(await Writer.MoveCursorAsync(Rows.Move(claims[2], 5)));

        Assert.Equal([("hopskotch", "topic", "log", 3L)], await Table.ParkedAsync());
    }

    private async Task<CursorRow> ClaimAsync(long start, string owner = "silo-1", string? cluster = null) =>
        (await Table.ClaimAsync([new(Rows.Cursor(), owner, start, cluster)]))[0];
}
