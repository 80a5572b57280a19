using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Sharing;

public sealed class SqliteOutboxOrdersTests() : OutboxOrdersTests(new SqliteTestDatabase());

public sealed class PostgreSqlOutboxOrdersTests(PostgreSqlServer server) : OutboxOrdersTests(new PostgreSqlTestDatabase(server));

public abstract class OutboxOrdersTests(ITestDatabase test) : DatabaseTest(test)
{
    private OutboxTable Table => new(Database, Writer);

    [Fact]
    public async Task Each_try_is_kept_with_its_times_and_what_came_back()
    {
        var (id, key) = await BuiltAsync(1);
        await Table.MarkSentAsync(key, "s", 410);
        await Table.CompleteAsync(new(key, "s", ShareStates.Queued, null, "busy", 500, 420) { Answer = "503 text/html" });
        await Table.MarkSentAsync(key, "s", 510);

        Assert.Equal(
            [new AttemptRow(key, 410, 420, ShareStates.Queued, "503 text/html"), new AttemptRow(key, 510, null, null, null)],
            await Table.AttemptsAsync(id));
        Assert.Empty(await Table.AttemptsAsync(id + 1));
    }

    [Fact]
    public async Task Look_up_changes_the_part_but_no_try()
    {
        var (id, key) = await BuiltAsync(1);
        await Table.MarkSentAsync(key, "s", 410);
        await Table.CompleteAsync(new(key, "s", ShareStates.Sending, null, "in doubt", 450, 420) { Answer = "no answer" });

        Assert.Equal(450, await Table.NextDueAsync("hermes"));
        Assert.Null(await Table.ClaimNextAsync("hermes", "s", 449, 900));
        Assert.Equal(ShareStates.Sending, (await Table.ClaimNextAsync("hermes", "s", 450, 900))!.Submission!.Submission.State);
        await Table.CompleteAsync(new(key, "s", ShareStates.Unconfirmed, null, "nobody knows", null, 460));

        var attempt = Assert.Single(await Table.AttemptsAsync(id));
        Assert.Equal((420L, ShareStates.Sending, "no answer"), (attempt.EndedMicroseconds, attempt.Outcome, attempt.Answer));
        Assert.Equal(ShareStates.Unconfirmed, (await Table.GetAsync(id))!.State);
        Assert.Null(await Table.NextDueAsync("hermes"));
    }

    [Fact]
    public async Task Standing_of_a_destination_is_noted_with_the_outcome_it_follows_from()
    {
        var (_, key) = await BuiltAsync(1);
        Assert.Equal(new DestinationStanding("hermes", default, null, null, null), await Table.StandingAsync("hermes"));
        await Table.MarkSentAsync(key, "s", 410);
        await Table.CompleteAsync(new(key, "s", ShareStates.Queued, null, "busy", 500, 420) { Answer = "503", Pace = new(3, 9_000, "busy") });
        await Table.KnowSenderAsync("hermes", "someone-1234");
        await Table.PauseAsync("hermes", new("anna", 430));

        Assert.Equal(new DestinationStanding("hermes", new(3, 9_000, "busy"), "anna", 430, "someone-1234"), await Table.StandingAsync("hermes"));

        await Table.ResumeAsync("hermes", new("anna", 440));
        await Table.PaceAsync("other", new(1, 5, null));
        Assert.Equal(
            [new("hermes", default, null, null, "someone-1234"), new DestinationStanding("other", new(1, 5, null), null, null, null)],
            await Table.StandingsAsync());
    }

    [Fact]
    public async Task Former_names_of_our_account_stay_known()
    {
        Assert.Empty(await Table.SendersAsync("hermes"));

        await Table.KnowSenderAsync("hermes", "old");
        await Table.KnowSenderAsync("hermes", "new");
        await Table.KnowSenderAsync("other", "else");

        Assert.Equal(["new", "old"], (await Table.SendersAsync("hermes")).Order());
        Assert.Equal("new", (await Table.StandingAsync("hermes")).Sender);
    }

    [Fact]
    public async Task What_waits_is_cancelled_and_what_was_sent_is_not()
    {
        var waiting = await QueueAsync(1);
        Assert.True(await Table.CancelAsync(waiting, new("anna", 450)));
        Assert.False(await Table.CancelAsync(waiting, new("anna", 450)));
        Assert.Equal((ShareStates.Cancelled, "cancelled by anna"), ((await Table.GetAsync(waiting))!.State, (await Table.GetAsync(waiting))!.LastError));
        Assert.False(await Table.CancelAsync(999, new("anna", 450)));

        var (built, key) = await BuiltAsync(1);
        await Table.MarkSentAsync(key, "s", 410);
        Assert.False(await Table.CancelAsync(built, new("anna", 450)));
        await Table.CompleteAsync(new(key, "s", ShareStates.Queued, null, "busy", 500, 420));
        Assert.True(await Table.CancelAsync(built, new("anna", 450)));

        Assert.False(await Table.MarkSentAsync(key, "s", 510));
        Assert.Equal(ShareStates.Cancelled, (await Table.GetAsync(built))!.State);
        Assert.Null(await Table.ClaimNextAsync("hermes", "s", 9_999, 10_000));
        Assert.Empty(await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 7));
    }

    [Fact]
    public async Task Rejected_share_is_tried_again_and_an_unconfirmed_one_is_looked_for_or_sent_on_somebody_s_word()
    {
        var (id, key) = await BuiltAsync(1);
        Assert.False(await Table.RetryAsync(id, anyway: true, new("anna", 400)));
        await Table.MarkSentAsync(key, "s", 410);
        await Table.CompleteAsync(new(key, "s", ShareStates.Rejected, null, "no", null, 420));
        Assert.True(await Table.RetryAsync(id, anyway: false, new("anna", 430)));
        Assert.Equal(ShareStates.Queued, (await Table.ClaimNextAsync("hermes", "s", 430, 900))!.Submission!.Submission.State);

        await Table.MarkSentAsync(key, "s", 440);
        await Table.CompleteAsync(new(key, "s", ShareStates.Unconfirmed, null, "who knows", null, 450));
        Assert.True(await Table.RetryAsync(id, anyway: false, new("anna", 460)));
        Assert.Equal(ShareStates.Sending, (await Table.ClaimNextAsync("hermes", "s", 460, 900))!.Submission!.Submission.State);
        await Table.CompleteAsync(new(key, "s", ShareStates.Unconfirmed, null, "who knows", null, 470));
        Assert.True(await Table.RetryAsync(id, anyway: true, new("anna", 480)));
        Assert.Equal(ShareStates.Queued, (await Table.ClaimNextAsync("hermes", "s", 480, 900))!.Submission!.Submission.State);
    }

    [Fact]
    public async Task Share_of_several_targets_counts_for_each_of_them()
    {
        PointKey[] points = [new(7, 1, 1), new(8, 2, 2)];
        var (_, key) = await BuiltAsync(points);
        Assert.Equal([points[1]], await Table.PointsOnTheirWayAsync("hermes", "hermes.test", 8));
        await DeliverAsync(key);

        Assert.Equal([points[0]], await Table.SharedPointsAsync("hermes", "hermes.test", 7));
        Assert.Equal([points[1]], await Table.SharedPointsAsync("hermes", "hermes.test", 8));
        Assert.Equal(points, await Table.PointsOfAsync(key));
    }

    [Fact]
    public async Task Retraction_marks_the_values_that_were_carried_and_frees_them_to_be_shared()
    {
        var (target, _) = await new TargetTable(Database, Writer).CreateAsync(Rows.Target("A"));
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1), Rows.Point(2), Rows.Point(3)]);
        var (id, key) = await BuiltAsync(new PointKey(target, 1, 1), new PointKey(target, 2, 1));
        await DeliverAsync(key);

        Assert.Equal([target, target], await Table.RetractAsync(key, points: true, new("anna", 600)));
        Assert.Empty(await Table.RetractAsync(key, points: true, new("anna", 700)));

        Assert.Equal([true, true, false], (await new PhotometryTable(Database).ReadAsync(target)).OrderBy(row => row.Identity).Select(row => row.IsRetracted));
        Assert.Equal(600, (await Table.GetAsync(id))!.Submissions[0].RetractedMicroseconds);
        Assert.Empty(await Table.SharedPointsAsync("hermes", "hermes.test", target));
    }

    [Fact]
    public async Task Message_of_one_s_own_is_ready_to_be_sent()
    {
        var key = Guid.NewGuid();
        var id = await Table.QueueBuiltAsync(new("hermes", "hermes.test", 0, "-", "mine", "{}", "me", 100, []), new(key, 0, [7], []));

        var claim = (await Table.ClaimNextAsync("hermes", "s", 100, 900))!.Submission!;

        Assert.Equal((id, key), (claim.Share.Id, claim.Submission.Key));
        Assert.Equal([7], claim.Body);
    }

    private Task<long> QueueAsync(params PointKey[] points) => Table.QueueAsync(new("hermes", "hermes.test", 7, "SN2026abc", "a title", "{}", "me", 100, points));

    private Task<long> QueueAsync(long identity) => QueueAsync(new PointKey(7, identity, 1));

    private Task<(long Id, Guid Key)> BuiltAsync(long identity) => BuiltAsync(new PointKey(7, identity, 1));

    private async Task<(long Id, Guid Key)> BuiltAsync(params PointKey[] points)
    {
        var id = await QueueAsync(points);
        await Table.ClaimNextAsync("hermes", "s", 200, 900);
        var key = Guid.NewGuid();
        Assert.True(await Table.BuildAsync(id, "s", 900, [new(key, 0, [1], points)]));
        return (id, key);
    }

    private async Task DeliverAsync(Guid key)
    {
        await Table.MarkSentAsync(key, "s", 410);
        Assert.True(await Table.CompleteAsync(new(key, "s", ShareStates.Delivered, "r", null, null, 420)));
    }
}
