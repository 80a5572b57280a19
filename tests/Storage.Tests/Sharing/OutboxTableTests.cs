using TomOrleans.Storage.Sharing;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Sharing;

public sealed class SqliteOutboxTableTests() : OutboxTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlOutboxTableTests(PostgreSqlServer server) : OutboxTableTests(new PostgreSqlTestDatabase(server));

public abstract class OutboxTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private static readonly PointKey[] Points = [new(7, 3, -1), new(7, 1, long.MaxValue), new(7, 2, 5)];

    private OutboxTable Table => new(Database, Writer);

    [Fact]
    public async Task Queued_share_is_claimed_with_its_points_in_order()
    {
        var id = await QueueAsync();

        var claim = await Table.ClaimNextAsync("hermes", "silo-1", 200, 300);

        Assert.Equal(id, claim!.Unbuilt!.Id);
        Assert.Equal(Points, claim.Points);
        Assert.Null(claim.Submission);
        var share = claim.Unbuilt;
        Assert.Equal((0, 3, 100L, "hermes.test", "a title", """{"a":1}""", "me"), (
            share.State, share.Points, share.DueMicroseconds, share.Topic, share.Title, share.RequestJson, share.CreatedBy));
        Assert.Null(await Table.ClaimNextAsync("not-my-tom", "silo-1", 200, 300));
    }

    [Fact]
    public async Task Share_of_many_points_keeps_them_all()
    {
        var many = Enumerable.Range(0, 1203).Select(i => new PointKey(7, i, i)).ToArray();
        var id = await QueueAsync(points: many);
        var claim = await Table.ClaimNextAsync("hermes", "s", 200, 300);
        Assert.Equal(many, claim!.Points);

        await Table.BuildAsync(id, "s", 300, [new(Guid.NewGuid(), 0, [1], many)]);
        await DeliverAsync("s");

        Assert.Equal(many.Length, (await Table.SharedPointsAsync("hermes", "hermes.test", 7)).Count);
    }

    [Fact]
    public async Task Share_is_built_sent_and_delivered()
    {
        var (id, key) = await BuiltAsync();

        var claim = (await Table.ClaimNextAsync("hermes", "silo-1", 400, 900))!.Submission!;
        Assert.Equal((key, 0, 0, null), (claim.Submission.Key, claim.Submission.State, claim.Submission.Attempts, claim.Submission.SentMicroseconds));
        Assert.Equal([1, 0, 2], claim.Body);
        Assert.Empty(await Table.SharedPointsAsync("hermes", "hermes.test", 7));

        Assert.True(await Table.MarkSentAsync(key, "silo-1", 410));
        Assert.Equal(ShareStates.Sending, (await Table.GetAsync(id))!.State);
        Assert.True(await Table.CompleteAsync(new(key, "silo-1", ShareStates.Delivered, "uuid-1", null, null, 420)));

        var share = (await Table.GetAsync(id))!;
        Assert.Equal((ShareStates.Delivered, null, null), (share.State, share.DueMicroseconds, share.LastError));
        var part = Assert.Single(share.Submissions);
        Assert.Equal((ShareStates.Delivered, 1, 410L, "uuid-1"), (part.State, part.Attempts, part.SentMicroseconds, part.Receipt));
        Assert.Null(await Table.ClaimNextAsync("hermes", "silo-1", 9_999, 10_000));
        Assert.Equal(Points.ToHashSet(), (await Table.SharedPointsAsync("hermes", "hermes.test", 7)).ToHashSet());
        Assert.Empty(await Table.SharedPointsAsync("hermes", null, 7));
        Assert.Empty(await Table.SharedPointsAsync("hermes", "hermes.test", 8));
        Assert.False(await Table.CompleteAsync(new(key, "silo-1", ShareStates.Rejected, null, "late", null, 430)));
    }

    [Fact]
    public async Task Submission_without_an_outcome_comes_back_marked_as_sent_with_the_same_bytes()
    {
        var (_, key) = await BuiltAsync();
        await Table.MarkSentAsync(key, "silo-1", 410);

        var claim = (await Table.ClaimNextAsync("hermes", "silo-2", 5_000, 6_000))!.Submission!;

        Assert.Equal((key, ShareStates.Sending, 410L), (claim.Submission.Key, claim.Submission.State, claim.Submission.SentMicroseconds));
        Assert.Equal([1, 0, 2], claim.Body);
    }

    [Fact]
    public async Task While_a_lease_runs_nobody_else_claims_and_afterwards_the_old_owner_does_nothing()
    {
        var (id, key) = await BuiltAsync(leaseUntil: 1_000);

        Assert.Null(await Table.ClaimNextAsync("hermes", "silo-2", 999, 2_000));
        Assert.True(await Table.MarkSentAsync(key, "silo-1", 999));
        Assert.NotNull(await Table.ClaimNextAsync("hermes", "silo-2", 1_000, 2_000));

        Assert.False(await Table.MarkSentAsync(key, "silo-1", 1_001));
        Assert.False(await Table.CompleteAsync(new(key, "silo-1", ShareStates.Rejected, null, "no", null, 1_001)));
        Assert.Null(await Table.ClaimNextAsync("hermes", "silo-1", 1_001, 2_000));
        Assert.Equal(1, (await Table.GetAsync(id))!.Submissions[0].Attempts);
        Assert.True(await Table.CompleteAsync(new(key, "silo-2", ShareStates.Delivered, "r", null, null, 1_002)));
    }

    [Fact]
    public async Task Share_is_built_once_and_only_by_the_owner_of_the_lease()
    {
        var id = await QueueAsync();
        await Table.ClaimNextAsync("hermes", "silo-1", 200, 300);
        NewSubmission[] submissions = [new(Guid.NewGuid(), 0, [1], Points)];

        Assert.False(await Table.BuildAsync(id, "silo-2", 300, submissions));
        Assert.True(await Table.BuildAsync(id, "silo-1", 300, submissions));
        Assert.False(await Table.BuildAsync(id, "silo-1", 300, [submissions[0] with { Key = Guid.NewGuid() }]));

        Assert.Equal(submissions[0].Key, Assert.Single((await Table.GetAsync(id))!.Submissions).Key);
    }

    [Fact]
    public async Task Try_that_failed_waits_for_its_time_and_lets_others_by()
    {
        var (id, key) = await BuiltAsync();
        await Table.MarkSentAsync(key, "silo-1", 410);
        await Table.CompleteAsync(new(key, "silo-1", ShareStates.Queued, null, "503 busy", 5_000, 420));
        var second = await QueueAsync();

        var share = (await Table.GetAsync(id))!;
        Assert.Equal((ShareStates.Queued, 5_000L, "503 busy"), (share.State, share.DueMicroseconds, share.LastError));
        Assert.Equal(second, (await Table.ClaimNextAsync("hermes", "silo-1", 4_999, 9_000))!.Unbuilt!.Id);
        Assert.Equal(key, (await Table.ClaimNextAsync("hermes", "silo-1", 5_000, 9_000))!.Submission!.Submission.Key);
    }

    [Fact]
    public async Task Share_of_parts_is_delivered_when_all_are_and_shows_the_worst_end()
    {
        var id = await QueueAsync();
        await Table.ClaimNextAsync("hermes", "s", 200, 9_000);
        Guid first = Guid.NewGuid(), second = Guid.NewGuid();
        await Table.BuildAsync(id, "s", 9_000, [new(first, 0, [1], Points[..1]), new(second, 1, [2], Points[1..])]);

        Assert.Equal(first, (await Table.ClaimNextAsync("hermes", "s", 300, 9_000))!.Submission!.Submission.Key);
        await Table.MarkSentAsync(first, "s", 300);
        await Table.CompleteAsync(new(first, "s", ShareStates.Delivered, "r1", null, null, 310));
        Assert.Equal(ShareStates.Queued, (await Table.GetAsync(id))!.State);
        Assert.Equal([Points[0]], await Table.SharedPointsAsync("hermes", "hermes.test", 7));

        Assert.Equal(second, (await Table.ClaimNextAsync("hermes", "s", 320, 9_000))!.Submission!.Submission.Key);
        await Table.MarkSentAsync(second, "s", 320);
        await Table.CompleteAsync(new(second, "s", ShareStates.Rejected, null, "bad magnitude", null, 330));

        var share = (await Table.GetAsync(id))!;
        Assert.Equal((ShareStates.Rejected, "bad magnitude"), (share.State, share.LastError));
        Assert.Equal([ShareStates.Delivered, ShareStates.Rejected], share.Submissions.Select(part => part.State));
    }

    [Fact]
    public async Task Share_that_cannot_be_built_is_put_off_or_rejected()
    {
        var id = await QueueAsync();
        await Table.ClaimNextAsync("hermes", "s", 200, 9_000);

        Assert.False(await Table.SettleUnbuiltAsync(id, "other", ShareStates.Rejected, "no", null));
        Assert.True(await Table.SettleUnbuiltAsync(id, "s", ShareStates.Queued, "target does not answer", 500));
        Assert.Null(await Table.ClaimNextAsync("hermes", "s", 499, 9_000));
        Assert.NotNull(await Table.ClaimNextAsync("hermes", "s", 500, 9_000));
        Assert.True(await Table.SettleUnbuiltAsync(id, "s", ShareStates.Rejected, "target is gone", null));

        Assert.Null(await Table.ClaimNextAsync("hermes", "s", 600, 9_000));
        Assert.Equal((ShareStates.Rejected, "target is gone"), ((await Table.GetAsync(id))!.State, (await Table.GetAsync(id))!.LastError));
    }

    [Fact]
    public async Task Lists_and_counts_are_by_destination_and_state()
    {
        var (delivered, _) = await BuiltAsync();
        await DeliverAsync("silo-1");
        var queued = await QueueAsync();
        var elsewhere = await QueueAsync("not-my-tom");

        Assert.Equal([elsewhere, queued, delivered], (await Table.ListAsync(new(null, null, 10, 0))).Rows.Select(row => row.Id));
        Assert.Equal([delivered], (await Table.ListAsync(new("hermes", ShareStates.Delivered, 10, 0))).Rows.Select(row => row.Id));
        Assert.Equal((2, 1), ((await Table.ListAsync(new("hermes", null, 1, 0))).Total, (await Table.ListAsync(new("hermes", null, 1, 0))).Rows.Count));
        Assert.Equal([new("hermes", 1, 1, 0, 0), new DestinationCounts("not-my-tom", 1, 0, 0, 0)], await Table.CountsAsync());
        Assert.Equal(["hermes", "not-my-tom"], await Table.DueDestinationsAsync(100));
        Assert.Empty(await Table.DueDestinationsAsync(99));
        Assert.Null(await Table.GetAsync(999));
    }

    [Fact]
    public async Task Submission_is_found_by_its_key()
    {
        var (id, key) = await BuiltAsync();

        var found = await Table.FindByKeyAsync(key);

        Assert.Equal((id, key), (found!.Share.Id, found.Submission.Key));
        Assert.Equal([1, 0, 2], found.Body);
        Assert.Null(await Table.FindByKeyAsync(Guid.NewGuid()));
    }

    private Task<long> QueueAsync(string destination = "hermes", PointKey[]? points = null) => Table.QueueAsync(
        new(destination, "hermes.test", 7, "SN2026abc", "a title", """{"a":1}""", "me", 100, points ?? Points));

    private async Task<(long Id, Guid Key)> BuiltAsync(long leaseUntil = 1_000)
    {
        var id = await QueueAsync();
        await Table.ClaimNextAsync("hermes", "silo-1", 200, 300);
        var key = Guid.NewGuid();
        Assert.True(await Table.BuildAsync(id, "silo-1", leaseUntil, [new(key, 0, [1, 0, 2], Points)]));
        return (id, key);
    }

    private async Task DeliverAsync(string owner)
    {
        var key = (await Table.ClaimNextAsync("hermes", owner, 400, 900))!.Submission!.Submission.Key;
        await Table.MarkSentAsync(key, owner, 400);
        Assert.True(await Table.CompleteAsync(new(key, owner, ShareStates.Delivered, "r", null, null, 500)));
    }
}
