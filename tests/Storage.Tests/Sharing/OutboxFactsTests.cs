using TomOrleans.Storage.Sharing;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Sharing;

public sealed class SqliteOutboxFactsTests() : OutboxFactsTests(new SqliteTestDatabase());

public sealed class PostgreSqlOutboxFactsTests(PostgreSqlServer server) : OutboxFactsTests(new PostgreSqlTestDatabase(server));

public abstract class OutboxFactsTests(ITestDatabase test) : DatabaseTest(test)
{
    private static readonly PointKey[] Points = [new(7, 1, 1), new(7, 2, 2)];

    private OutboxTable Table => new(Database, Writer);

    [Theory]
    [InlineData(ShareStates.Queued)]
    [InlineData(ShareStates.Unconfirmed)]
    [InlineData(ShareStates.Rejected)]
    public async Task Proof_of_delivery_counts_whatever_the_answer_was(int state)
    {
        var (id, keys) = await BuiltAsync(parts: 1);
        await Table.MarkSentAsync(keys[0], "silo-1", 410);
        await Table.CompleteAsync(new(keys[0], "silo-1", state, null, "odd", state == ShareStates.Queued ? 9_000 : null, 420));

        Assert.True(await Table.ConfirmAsync(keys[0], "uuid-1"));
        Assert.False(await Table.ConfirmAsync(keys[0], "uuid-2"));

        var share = (await Table.GetAsync(id))!;
        Assert.Equal((ShareStates.Delivered, null), (share.State, share.DueMicroseconds));
        Assert.Equal((ShareStates.Delivered, "uuid-1"), (share.Submissions[0].State, share.Submissions[0].Receipt));
        Assert.Equal(Points.ToHashSet(), (await Table.SharedPointsAsync("hermes", "hermes.test", 7)).ToHashSet());
    }

    [Fact]
    public async Task Of_many_tries_the_first_and_the_last_are_kept_with_answers_of_a_bounded_length()
    {
        var (id, keys) = await BuiltAsync(parts: 1);
        for (var at = 1_000; at < 1_250; at++)
        {
            Assert.True(await Table.MarkSentAsync(keys[0], "silo-1", at));
            await Table.CompleteAsync(new(keys[0], "silo-1", ShareStates.Queued, null, "503", at, at) { Answer = new string('x', 100_000) });
        }

        var tries = await Table.AttemptsAsync(id);

        Assert.Equal([1_000L, .. Enumerable.Range(1_151, 99).Select(at => (long)at)], tries.Select(row => row.StartedMicroseconds));
        Assert.All(tries, row => Assert.InRange(row.Answer!.Length, 5_000, 5_010));
        Assert.Equal(250, (await Table.GetAsync(id))!.Submissions.Single().Attempts);
    }

    [Fact]
    public async Task Tries_of_long_ago_go_but_for_those_of_submissions_that_are_not_over()
    {
        var (delivered, over) = await BuiltAsync(parts: 1);
        await Table.MarkSentAsync(over[0], "silo-1", 410);
        await Table.CompleteAsync(new(over[0], "silo-1", ShareStates.Delivered, "uuid-1", null, null, 420) { Answer = "200" });
        var (unconfirmed, waiting) = await BuiltAsync(parts: 1);
        await Table.MarkSentAsync(waiting[0], "silo-1", 430);
        await Table.CompleteAsync(new(waiting[0], "silo-1", ShareStates.Unconfirmed, null, "no answer", null, 440) { Answer = "no answer" });

        Assert.False(await Table.RemoveAttemptsAsync(410));
        Assert.Single(await Table.AttemptsAsync(delivered));
        Assert.False(await Table.RemoveAttemptsAsync(1_000));

        Assert.Empty(await Table.AttemptsAsync(delivered));
        Assert.Single(await Table.AttemptsAsync(unconfirmed));
        Assert.Equal("uuid-1", (await Table.GetAsync(delivered))!.Submissions.Single().Receipt);
    }

    [Fact]
    public async Task Proof_that_comes_before_the_answer_makes_the_answer_void()
    {
        var (id, keys) = await BuiltAsync(parts: 1);
        await Table.MarkSentAsync(keys[0], "silo-1", 410);

        Assert.True(await Table.ConfirmAsync(keys[0], "uuid-1"));

        Assert.False(await Table.CompleteAsync(new(keys[0], "silo-1", ShareStates.Unconfirmed, null, "500", null, 420)));
        Assert.False(await Table.MarkSentAsync(keys[0], "silo-1", 430));
        Assert.Equal(ShareStates.Delivered, (await Table.GetAsync(id))!.State);
    }

    [Fact]
    public async Task Proof_for_one_part_leaves_the_others_open()
    {
        var (id, keys) = await BuiltAsync(parts: 2);

        await Table.ConfirmAsync(keys[1], "uuid-1");

        Assert.Equal(ShareStates.Queued, (await Table.GetAsync(id))!.State);
        Assert.Equal(keys[0], (await Table.ClaimNextAsync("hermes", "silo-1", 400, 900))!.Submission!.Submission.Key);
    }

    [Fact]
    public async Task Proof_for_an_unknown_key_changes_nothing() => Assert.False(await Table.ConfirmAsync(Guid.NewGuid(), "uuid-1"));

    [Fact]
    public async Task Lease_given_back_is_free_at_once()
    {
        await QueueAsync();
        await Table.ClaimNextAsync("hermes", "silo-1", 200, 9_000);
        await Table.ReleaseAsync("hermes", "silo-2");
        Assert.Null(await Table.ClaimNextAsync("hermes", "silo-2", 300, 9_000));

        await Table.ReleaseAsync("hermes", "silo-1");

        Assert.NotNull(await Table.ClaimNextAsync("hermes", "silo-2", 300, 9_000));
    }

    [Fact]
    public async Task Points_are_on_their_way_from_queueing_to_the_end()
    {
        Assert.Empty(await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 7));
        var id = await QueueAsync();
        Assert.Equal(Points.ToHashSet(), (await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 7)).ToHashSet());
        await Table.ClaimNextAsync("hermes", "silo-1", 200, 300);
        var key = Guid.NewGuid();

        // One of them was withdrawn meanwhile.
        await Table.BuildAsync(id, "silo-1", 1_000, [new(key, 0, [1], [Points[1]])]);

        Assert.Equal([Points[1]], await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 7));
        Assert.Empty(await Table.PointsOnTheirWayAsync("hermes", "hermes.other", 7));
        Assert.Empty(await Table.PointsOnTheirWayAsync("hermes", null, 7));
        Assert.Empty(await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 8));
        await Table.MarkSentAsync(key, "silo-1", 410);
        Assert.Equal([Points[1]], await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 7));
        await Table.CompleteAsync(new(key, "silo-1", ShareStates.Unconfirmed, null, "500", null, 420));
        Assert.Empty(await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 7));
        Assert.Equal([KeyValuePair.Create(Points[1], id)], await Table.UnconfirmedPointsAsync("hermes", "hermes.test", 7));
        Assert.Empty(await Table.UnconfirmedPointsAsync("hermes", null, 7));
        Assert.Empty(await Table.UnconfirmedPointsAsync("hermes", "hermes.test", 8));
    }

    [Fact]
    public async Task Points_that_another_share_took_since_they_were_chosen_are_not_queued_again()
    {
        await Table.QueueNewAsync(Share(Points[0]));

        var second = await Table.QueueNewAsync(Share(Points));

        Assert.Equal(1, (await Table.GetAsync(second!.Value))!.Points);
        Assert.Null(await Table.QueueNewAsync(Share(Points)));
        Assert.NotNull(await Table.QueueNewAsync(Share(Points) with { Topic = "hermes.other" }));
        Assert.Equal(Points.ToHashSet(), (await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 7)).ToHashSet());
    }

    [Fact]
    public async Task Oldest_open_share_of_each_destination_is_the_one_it_is_at()
    {
        Assert.Empty(await Table.OldestOpenAsync());
        var (_, keys) = await BuiltAsync(parts: 1);
        var second = await QueueAsync();
        var third = await QueueAsync("other");
        await Table.ConfirmAsync(keys[0], "uuid-1");

        Assert.Equal([second, third], (await Table.OldestOpenAsync()).Select(share => share.Id));
    }

    private static NewShare Share(params PointKey[] points) => new("hermes", "hermes.test", 7, "SN2026abc", "a title", "{}", "me", 100, points);

    private Task<long> QueueAsync(string destination = "hermes") => Table.QueueAsync(new(destination, "hermes.test", 7, "SN2026abc", "a title", "{}", "me", 100, Points));

    private async Task<(long Id, Guid[] Keys)> BuiltAsync(int parts)
    {
        var id = await QueueAsync();
        await Table.ClaimNextAsync("hermes", "silo-1", 200, 300);
        Guid[] keys = [.. Enumerable.Range(0, parts).Select(_ => Guid.NewGuid())];
        await Table.BuildAsync(id, "silo-1", 1_000, [.. keys.Select((key, i) => new NewSubmission(key, i, [1], parts == 1 ? Points : [Points[i]]))]);
        return (id, keys);
    }
}
