using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Parked;

public sealed class SqliteParkedFatesTests() : ParkedFatesTests(new SqliteTestDatabase());

public sealed class PostgreSqlParkedFatesTests(PostgreSqlServer server) : ParkedFatesTests(new PostgreSqlTestDatabase(server));

public abstract class ParkedFatesTests(ITestDatabase test) : DatabaseTest(test)
{
    private const long Now = 1_000_000;
    private const long Until = 2_000_000;

    private ParkedTable Table => new(Database);

    private ParkedFates Fates => new(Writer);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handled_message_leaves_the_parked_ones_in_the_books_and_keeps_no_bytes(bool isIgnored)
    {
        var id = (await ParkAsync(Rows.Parked(1, "no time"), Rows.Parked(2)))[0];
        var claim = new ParkedClaim(id, Until);
        Assert.Equal([4, 0, 5], (await Fates.ClaimAsync(claim, Now))!.Message.Value);

        Assert.True(await Fates.HandleAsync(claim, isIgnored, Now));

        Assert.Equal((10, 8 + (isIgnored ? 0 : 1), isIgnored ? 1 : 0, 1, 0), await BooksAsync());
        var row = (await Table.GetAsync(id))!;
        Assert.Equal((ParkedState.Handled, "no time", 6_000), (row.State, row.Message.Reason, row.Message.ParkedMicroseconds));
        Assert.Equal((0, 0, null), (row.Message.Value.Length, row.Message.Headers.Length, row.Message.Key));
        Assert.Equal(2, Assert.Single((await Table.ListAsync(new(null, null, null, 9, 0))).Rows).Message.Offset);
    }

    [Fact]
    public async Task Message_is_claimed_by_one_until_the_lease_ends()
    {
        var id = (await ParkAsync(Rows.Parked(1)))[0];
        var first = new ParkedClaim(id, Until);
        var second = new ParkedClaim(id, Until + 1);

        var claims = await Task.WhenAll(Fates.ClaimAsync(first, Now), Fates.ClaimAsync(second, Now));
        var late = new ParkedClaim(id, 2 * Until);

        Assert.Single(claims, row => row is not null);
        Assert.Null(await Fates.ClaimAsync(late, Until - 1));
        Assert.NotNull(await Fates.ClaimAsync(late, Until + 1));
        Assert.Null(await Fates.ClaimAsync(new(999, Until), Now));
    }

    [Fact]
    public async Task What_an_owner_does_after_it_lost_the_claim_has_no_effect()
    {
        var id = (await ParkAsync(Rows.Parked(1)))[0];
        var lost = new ParkedClaim(id, Until);
        await Fates.ClaimAsync(lost, Now);
        var mine = new ParkedClaim(id, 2 * Until);
        await Fates.ClaimAsync(mine, Until);

        Assert.False(await Fates.HandleAsync(lost, isIgnored: false, Now));
        Assert.False(await Fates.ParkAgainAsync(lost, "late", "[]", null));
        Assert.False(await Fates.ReleaseAsync(lost));
        Assert.Equal((10, 9, 0, 1, 0), await BooksAsync());

        Assert.True(await Fates.HandleAsync(mine, isIgnored: false, Now));
        Assert.False(await Fates.HandleAsync(mine, isIgnored: false, Now));
        Assert.Equal((10, 10, 0, 0, 0), await BooksAsync());
    }

    [Fact]
    public async Task Message_parked_again_has_its_new_reason_and_one_attempt_more()
    {
        var id = (await ParkAsync(Rows.Parked(1)))[0];
        var claim = new ParkedClaim(id, Until);
        await Fates.ClaimAsync(claim, Now);

        Assert.True(await Fates.ParkAgainAsync(claim, "still no time", """[{"row":2}]""", null));

        var row = (await Table.GetAsync(id))!;
        Assert.Equal((ParkedState.Parked, "still no time", 3, null), (row.State, row.Message.Reason, row.Message.Attempts, row.Message.NextTryMicroseconds));
        Assert.Equal([4, 0, 5], row.Message.Value);
        Assert.Equal((10, 9, 0, 1, 0), await BooksAsync());
    }

    [Fact]
    public async Task Message_that_may_pass_is_due_at_its_time_and_is_tried_by_one_only()
    {
        var id = (await ParkAsync(Rows.Parked(1), Rows.Parked(2)))[0];
        var claim = new ParkedClaim(id, Until);
        await Fates.ClaimAsync(claim, Now);
        Assert.True(await Fates.ParkAgainAsync(claim, "the camera was away", "[]", nextTryMicroseconds: 5_000_000));
        Assert.Equal((ParkedState.Retrying, 5_000_000), ((await Table.GetAsync(id))!.State, (await Table.GetAsync(id))!.Message.NextTryMicroseconds));

        Assert.Empty(await Fates.DueAsync(4_999_999, 10));
        Assert.Equal(id, Assert.Single(await Fates.DueAsync(5_000_000, 10)).Id);

        Assert.NotNull(await Fates.ClaimAsync(new(id, 6_000_000), 5_000_000));
        Assert.Empty(await Fates.DueAsync(5_500_000, 10));
        Assert.Null(await Fates.ClaimAsync(new(id, 7_000_000), 5_500_000));
    }

    [Fact]
    public async Task What_a_silo_was_trying_when_it_died_is_free_when_its_lease_ends()
    {
        var ids = await ParkAsync(Rows.Parked(1), Rows.Parked(2));
        foreach (var id in ids)
            await Fates.ClaimAsync(new(id, Until), Now);
        Assert.True(await Fates.ParkAgainAsync(new(ids[1], Until), "away", "[]", nextTryMicroseconds: Now));
        await Fates.ClaimAsync(new(ids[1], Until), Now);

        Assert.Empty(await Fates.DueAsync(Until - 1, 10));
        Assert.Equal(ids[1], Assert.Single(await Fates.DueAsync(Until, 10)).Id);
        Assert.Equal((ParkedState.Parked, ParkedState.Retrying), ((await Table.GetAsync(ids[0]))!.State, (await Table.GetAsync(ids[1]))!.State));
        Assert.Equal((10, 8, 0, 2, 0), await BooksAsync());
    }

    [Fact]
    public async Task What_waits_for_a_handler_is_counted_with_its_bytes()
    {
        var ids = await ParkAsync(Rows.Parked(1), Rows.Parked(2), Rows.Parked(3));
        await Fates.DropAsync([ids[0]], Now);

        var key = Rows.Cursor();
        var (count, bytes) = await Table.WaitingAsync(key.Stream, key.Topic, key.Handler);

        Assert.Equal((2, true), (count, bytes > 0));
        Assert.Equal((0, 0), await Table.WaitingAsync(key.Stream, key.Topic, "another"));
        Assert.Equal(Now, (await Table.GetAsync(ids[0]))!.EndedMicroseconds);
    }

    [Fact]
    public async Task Released_message_is_as_it_was()
    {
        var id = (await ParkAsync(Rows.Parked(1)))[0];
        var before = await Table.GetAsync(id);
        var claim = new ParkedClaim(id, Until);
        await Fates.ClaimAsync(claim, Now);

        Assert.True(await Fates.ReleaseAsync(claim));

        Assert.Equivalent(before, await Table.GetAsync(id));
        Assert.NotNull(await Fates.ClaimAsync(claim, Now));
    }

    [Fact]
    public async Task Dropped_messages_move_the_books_once_and_one_being_tried_is_left_alone()
    {
        var ids = await ParkAsync(Rows.Parked(1), Rows.Parked(2), Rows.Parked(3));
        await Fates.ClaimAsync(new(ids[1], Until), Now);

        var dropped = await Fates.DropAsync([ids[2], ids[0], ids[1], ids[0], 999], Now);

        Assert.Equal([ids[0], ids[2]], dropped);
        Assert.Equal((10, 7, 0, 1, 2), await BooksAsync());
        Assert.Equal((ParkedState.Dropped, 0), ((await Table.GetAsync(ids[0]))!.State, (await Table.GetAsync(ids[0]))!.Message.Value.Length));
        Assert.Empty(await Fates.DropAsync(ids, Now));
        Assert.Equal([ids[1]], await Fates.DropAsync(ids, Until));
        Assert.Equal((10, 7, 0, 0, 3), await BooksAsync());
    }

    [Fact]
    public async Task What_ended_long_ago_goes_and_the_books_keep_its_number()
    {
        var ids = await ParkAsync(Rows.Parked(1), Rows.Parked(2), Rows.Parked(3));
        await Fates.DropAsync([ids[0]], Now);
        await Fates.DropAsync([ids[1]], Now + 10);

        Assert.False(await Fates.RemoveEndedAsync(Now + 10));

        Assert.Equal([ids[1], ids[2]], (await Table.HeadsAsync(ids)).Select(head => head.Id).Order());
        Assert.Equal((10, 7, 0, 1, 2), await BooksAsync());
    }

    [Fact]
    public async Task State_and_books_change_together_or_not_at_all()
    {
        var id = (await ParkAsync(Rows.Parked(1)))[0];
        var claim = new ParkedClaim(id, Until);
        await Fates.ClaimAsync(claim, Now);

        // Books that would go below zero are refused by the table: then the state must not change either.
        await Writer.RunAsync(async context =>
        {
            await using var command = context.Connection.CreateCommand();
            command.Transaction = context.Transaction;
            command.CommandText = "UPDATE handler_cursor SET parked = 0";
            return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        });

        await Assert.ThrowsAsync<StorageException>(() => Fates.HandleAsync(claim, isIgnored: false, Now));
        Assert.Equal(ParkedState.Retrying, (await Table.GetAsync(id))!.State);
        Assert.Equal((10, 9, 0, 0, 0), await BooksAsync());
    }

    [Fact]
    public async Task Heads_are_by_id_or_by_filter_page_by_page()
    {
        var ids = await ParkAsync(Rows.Parked(1), Rows.Parked(2), Rows.Parked(3));
        await Fates.DropAsync([ids[1]], Now);

        Assert.Equal([ParkedState.Parked, ParkedState.Dropped], (await Table.HeadsAsync([ids[0], ids[1], 999])).OrderBy(head => head.Id).Select(head => head.State));
        Assert.Equal([1L, 3L], (await Table.HeadsAsync(new(null, "topic", "log", 9, 0), 0)).Select(head => head.Offset));
        Assert.Equal(ids[2], Assert.Single(await Table.HeadsAsync(new("hopskotch", null, null, 9, 0), ids[0])).Id);
        Assert.Single(await Table.HeadsAsync(new(null, null, null, 1, 0), 0));
        Assert.Empty(await Table.HeadsAsync(new(null, null, "hermes", 9, 0), 0));
    }

    /// <summary>Ten messages read, these of them parked and the others handled; answers the ids in order.</summary>
    private async Task<long[]> ParkAsync(params NewParked[] messages)
    {
        var cursor = (await new CursorTable(Database, Writer).ClaimAsync([new(Rows.Cursor(), "silo", 0, null)]))[0];
        Assert.True(await Writer.MoveCursorAsync(Rows.Move(cursor, 10, messages)));
        return [.. (await Table.ListAsync(new(null, null, null, 100, 0))).Rows.Select(row => row.Id).Order()];
    }

    private async Task<(long Consumed, long Handled, long Ignored, long Parked, long Dropped)> BooksAsync()
    {
        var cursor = Assert.Single(await new CursorTable(Database, Writer).ReadAllAsync());
        return (cursor.Consumed, cursor.Handled, cursor.Ignored, cursor.Parked, cursor.Dropped);
    }
}
