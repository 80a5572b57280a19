using TomOrleans.Grains.Sharing;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;
using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>Destinations that are away, hang or go in the middle of it, and silos that do.</summary>
public sealed class SharingUnderFaultsTests : IAsyncDisposable
{
    private readonly GatePublisher _published = new();
    private readonly List<IAsyncDisposable> _started = [];

    public async ValueTask DisposeAsync()
    {
        _published.Open();

        // The stand-ins first: a silo waits for the answer under way.
        foreach (var started in _started)
        {
            await started.DisposeAsync();
        }
    }

    [Fact]
    public async Task Share_waits_for_a_server_that_is_away_and_arrives_when_it_comes_back()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await StopAsync(hermes);

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Queued, await cluster.Outcomes.NextAsync("queued again"));
        Assert.Contains("cannot be reached", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
        await StartHermesAsync(hermes);

        ShareState state;
        while ((state = await cluster.Outcomes.NextAsync("delivered")) == ShareState.Queued)
        {
        }

        Assert.Equal(ShareState.Delivered, state);
        Assert.Single(_published.Messages);
    }

    [Fact]
    public async Task Share_that_waits_survives_the_silo_and_so_does_the_pause_of_its_destination()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { Retry = new(TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(1)) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await StopAsync(hermes);
        var first = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Queued, await cluster.Outcomes.NextAsync("queued again"));
        var second = await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));
        await StartHermesAsync(hermes);

        await cluster.RestartAsync();

        await cluster.Get<OutboxSweeper>().SweepAsync();
        var status = Assert.Single(await cluster.Get<DestinationReader>().ReadAsync());
        Assert.StartsWith("backing off: ", status.State, StringComparison.Ordinal);
        Assert.InRange(status.NextTryMicroseconds!.Value - Clock.Microseconds(TimeProvider.System), 3_500_000_000, 7_200_000_000);
        Assert.Empty(_published.Messages);

        await cluster.Grains.Sharing("hermes").ResumeAsync();

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("the second, which was due"));
        Assert.Equal(ShareState.Delivered, (await cluster.Grains.Shares().GetAsync(second.Id)).State);
        var waiting = await cluster.Grains.Shares().GetAsync(first.Id);
        Assert.Equal(ShareState.Queued, waiting.State);
        Assert.InRange(waiting.NextTryMicroseconds!.Value - Clock.Microseconds(TimeProvider.System), 3_500_000_000, 7_200_000_000);
    }

    [Fact]
    public async Task Submission_that_a_dead_silo_left_without_outcome_is_never_sent_again()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point);
        var outbox = cluster.Get<OutboxTable>();
        var now = Clock.Microseconds(TimeProvider.System);
        var share = await outbox.QueueAsync(new NewShare("hermes", "hermes.test", target, "AT2026abc", "T", "{}", "test", now, [new(target, 1, 1)]));
        await outbox.ClaimNextAsync("hermes", "dead", now, now);
        await outbox.BuildAsync(share, "dead", now, [new NewSubmission(Guid.NewGuid(), 0, "{}"u8.ToArray(), [new(target, 1, 1)])]);
        var claim = await outbox.ClaimNextAsync("hermes", "dead", now, now);
        Assert.True(await outbox.MarkSentAsync(claim!.Submission!.Submission.Key, "dead", now));

        await cluster.Get<OutboxSweeper>().SweepAsync();

        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("unconfirmed"));
        Assert.Equal(ShareState.Unconfirmed, (await cluster.Grains.Shares().GetAsync(share)).State);
        await cluster.Grains.Sharing("hermes").WakeAsync();
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("those behind it go on"));
        Assert.Single(hermes.Requests.Submissions);
    }

    [Fact]
    public async Task Submission_under_way_in_another_silo_is_left_to_it()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        var now = Clock.Microseconds(TimeProvider.System);
        await cluster.Get<OutboxTable>().ClaimNextAsync("hermes", "other silo", now, now + 600_000_000);

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await cluster.Grains.Sharing("hermes").WakeAsync();

        // The writer works in order: what the sender asked of it has been answered when this has.
        await cluster.Get<OutboxTable>().ReleaseAsync("nobody's", "nobody");
        Assert.Equal(ShareState.Queued, (await cluster.Grains.Shares().GetAsync(queued.Id)).State);
        Assert.Empty(hermes.Requests.Submissions);
        await cluster.Get<OutboxTable>().ReleaseAsync("hermes", "other silo");
        await cluster.Get<OutboxSweeper>().SweepAsync();
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered once the lease is free"));
    }

    [Fact]
    public async Task Silo_that_stops_waits_for_the_answer_under_way()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        _published.Close();
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await _published.Entered;

        var restart = cluster.RestartAsync();
        _published.Open();
        await restart;

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered by the silo that stopped"));
        var share = await cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal((ShareState.Delivered, 1), (share.State, share.Attempts));
        Assert.Single(_published.Messages);
    }

    [Fact]
    public async Task Shares_of_one_destination_never_overlap_on_their_way()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        for (var i = 0; i < 5; i++)
        {
            await cluster.AddTargetAsync($"T{i}", A.Point);
        }

        _published.Close();
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("T0"));
        await _published.Entered;
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => cluster.Grains.Sharing("hermes").ShareAsync(Request($"T{i}"))));
        await cluster.Get<OutboxSweeper>().SweepAsync();
        _published.Open();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync($"share {i}"));
        }

        Assert.Equal(5, _published.Messages.Count);
        Assert.Equal(1, _published.MostUnderWay);
    }

    [Fact]
    public async Task Destination_that_hangs_holds_up_neither_queueing_nor_its_neighbours()
    {
        var hanging = await StartHermesAsync();
        var healthy = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hanging, "hanging"), Options(healthy, "healthy"));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        hanging.Faults.Next(Fault.Hang());
        var arrived = hanging.Requests.NextAsync(request => request.Method == "POST");
        await cluster.Grains.Sharing("hanging").ShareAsync(Request("AT2026abc"));
        await arrived;

        var behind = await cluster.Grains.Sharing("hanging").ShareAsync(Request("SN2026x"));
        await cluster.Grains.Sharing("healthy").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("the healthy one"));

        Assert.Equal(ShareState.Queued, (await cluster.Grains.Shares().GetAsync(behind.Id)).State);
        var status = await cluster.Get<DestinationReader>().ReadAsync();
        Assert.Equal([("hanging", "sending", 2L, 0L), ("healthy", "ready", 0L, 1L)], status.Select(row => (row.Name, row.State, row.Queued, row.Delivered)));
    }

    [Fact]
    public async Task Hang_ends_at_the_time_limit_and_what_was_published_is_found()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { SendTimeout = TimeSpan.FromMilliseconds(500), Lease = TimeSpan.FromSeconds(30), LookUpPatience = TimeSpan.FromMinutes(1) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.Hang(published: true));

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));

        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("in doubt"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("found"));
        var attempt = Assert.Single(Assert.Single((await cluster.Grains.Shares().GetDetailAsync(queued.Id)).Parts).Attempts);
        Assert.Equal(ShareState.Sending, attempt.Outcome);
        Assert.Contains("no answer within 0.5 s", attempt.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_did_not_arrive_is_sent_again_once_its_topic_was_read_past_it()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(new PublishedTopics(_published), Options(hermes) with { ConfirmStream = "hopskotch" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("delivered by the second try"));
        var detail = await cluster.Grains.Shares().GetDetailAsync(queued.Id);
        Assert.Equal([ShareState.Sending, ShareState.Delivered], Assert.Single(detail.Parts).Attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.Equal(Assert.Single(_published.Messages).Id.ToString("D"), Assert.Single(detail.Share.Receipts));
        Assert.Equal(hermes.Requests.Submissions[0].Body, hermes.Requests.Submissions[1].Body);
        Assert.Equal(hermes.Requests.Submissions[0].Body, await cluster.Grains.Shares().GetBodyAsync(queued.Id, 0));
    }

    [Fact]
    public async Task What_arrived_late_is_found_on_its_topic_and_not_sent_again()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(new PublishedTopics(_published), Options(hermes) with { ConfirmStream = "hopskotch" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        _published.Close();
        hermes.Faults.Next(Fault.ServerError(), path: "query/", times: 1000);
        hermes.Faults.Next(Fault.DropConnection(published: true));
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await _published.Entered;
        _published.Open();

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("delivered by what stands on the topic"));
        Assert.Single(hermes.Requests.Submissions);
        Assert.Equal(Assert.Single(_published.Messages).Id.ToString("D"), Assert.Single((await cluster.Grains.Shares().GetAsync(queued.Id)).Receipts));
    }

    [Fact]
    public async Task Destination_that_keeps_failing_pauses_itself_and_goes_on_by_itself_when_it_answers()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { PauseAfter = 2 });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await StopAsync(hermes);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await cluster.Outcomes.NextAsync("the first failure");
        await cluster.Outcomes.NextAsync("the second failure");
        Assert.StartsWith("paused: ", Assert.Single(await cluster.Get<DestinationReader>().ReadAsync()).State, StringComparison.Ordinal);

        var back = await StartHermesAsync(hermes);

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered: while it was asked only, nothing was sent"));
        Assert.Equal(["/api/v0/profile/"], back.Requests.Recent.Select(request => request.PathAndQuery).Where(path => !path.Contains("submit", StringComparison.Ordinal)).Distinct());
        Assert.Equal("ready", Assert.Single(await cluster.Get<DestinationReader>().ReadAsync()).State);
    }

    [Fact]
    public async Task Paused_by_a_person_nothing_is_sent_until_resumed_even_over_a_restart()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.Grains.Sharing("hermes").PauseAsync();
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await cluster.RestartAsync();
        await cluster.Get<OutboxSweeper>().SweepAsync();
        Assert.StartsWith("paused by ", Assert.Single(await cluster.Get<DestinationReader>().ReadAsync()).State, StringComparison.Ordinal);
        Assert.Empty(hermes.Requests.Submissions);

        await cluster.Grains.Sharing("hermes").ResumeAsync();

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));
    }

    [Fact]
    public async Task Refused_token_rejects_one_share_and_keeps_the_others_until_it_is_mended()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { ApiKey = "wrong" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await cluster.Grains.Sharing("hermes").PauseAsync();
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        var second = await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));
        await cluster.Grains.Sharing("hermes").ResumeAsync();

        Assert.Equal(ShareState.Rejected, await cluster.Outcomes.NextAsync("rejected"));

        Assert.Contains("HERMES_API_KEY", Assert.Single(await cluster.Get<DestinationReader>().ReadAsync()).State, StringComparison.Ordinal);
        Assert.Equal(ShareState.Queued, (await cluster.Grains.Shares().GetAsync(second.Id)).State);
        Assert.Single(hermes.Requests.Submissions);
    }

    [Fact]
    public async Task Share_that_waits_can_be_cancelled_and_one_that_ended_cannot()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        var sharing = cluster.Grains.Sharing("hermes");
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await sharing.PauseAsync();
        var queued = await sharing.ShareAsync(Request("AT2026abc"));

        Assert.Equal(ShareState.Cancelled, (await sharing.CancelAsync(queued.Id)).State);

        await sharing.ResumeAsync();
        await sharing.ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("a share of the same points, as the first one was cancelled"));
        var refusal = await Assert.ThrowsAsync<TomException>(() => sharing.CancelAsync(queued.Id));
        Assert.Equal(TomFault.Conflict, refusal.Fault);
        Assert.Single(hermes.Requests.Submissions);
    }

    [Fact]
    public async Task Unconfirmed_share_is_sent_again_on_the_word_of_a_person_alone()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { LookUpPatience = TimeSpan.Zero });
        var sharing = cluster.Grains.Sharing("hermes");
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));
        var queued = await sharing.ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("unconfirmed"));

        await sharing.RetryAsync(queued.Id, anyway: false);
        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("looked for once more, in vain"));
        Assert.Single(hermes.Requests.Submissions);
        await sharing.RetryAsync(queued.Id, anyway: true);

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("delivered"));
        Assert.Equal(2, hermes.Requests.Submissions.Count);
        Assert.Equal(TomFault.Conflict, (await Assert.ThrowsAsync<TomException>(() => sharing.RetryAsync(queued.Id, anyway: true))).Fault);
    }

    [Fact]
    public async Task Retraction_tells_Hermes_and_marks_the_points_which_may_then_be_shared_no_more()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        var sharing = cluster.Grains.Sharing("hermes");
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point, A.Limit);
        var queued = await sharing.ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));

        var retracted = await sharing.RetractAsync(queued.Id, keepPoints: false);

        Assert.Equal((2, _published.Messages[0].Id.ToString("D")), (retracted.Points, Assert.Single(retracted.Receipts)));
        Assert.NotNull((await cluster.Grains.Shares().GetAsync(queued.Id)).RetractedMicroseconds);
        Assert.All(await cluster.Grains.Target(target).GetPhotometryAsync(), point => Assert.True(point.IsRetracted));
        Assert.Contains(hermes.Requests.Recent, request => request.Method == "PATCH" && request.Body == """{"retracted":true}""");
        Assert.Equal(0, (await sharing.RetractAsync(queued.Id, keepPoints: false)).Points);
    }

    [Fact]
    public async Task Message_under_another_name_than_our_account_s_proves_nothing()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { LookUpPatience = TimeSpan.FromMinutes(1) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("in doubt"));
        var key = KeyOf(Assert.Single(hermes.Requests.Submissions));

        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, Guid.NewGuid(), "somebody-else"));
        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, Guid.NewGuid(), "stand-in-credential"));
    }

    [Fact]
    public async Task Message_that_comes_back_before_its_answer_delivers_the_share()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.Hang(published: true));
        var arrived = hermes.Requests.NextAsync(request => request.Method == "POST");
        _published.Close();
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        var key = KeyOf(await arrived);
        var message = await _published.Entered;
        _published.Open();

        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, message.Id, message.Sender));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("confirmed"));

        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, message.Id, message.Sender), "it may be read again");
        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, Guid.NewGuid(), message.Sender), "a copy is not ours");
        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(Guid.NewGuid(), message.Id, message.Sender), "an unknown key is not ours");
        var share = await cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal((ShareState.Delivered, message.Id.ToString("D")), (share.State, Assert.Single(share.Receipts)));
    }

    [Fact]
    public async Task Destination_backs_off_visibly()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { Retry = new() });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.TooManyRequests(TimeSpan.FromMinutes(10)));

        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Queued, await cluster.Outcomes.NextAsync("queued again"));

        var status = Assert.Single(await cluster.Get<DestinationReader>().ReadAsync());
        Assert.Equal("backing off: Hermes asks for fewer requests (429)", status.State);
        Assert.Equal(1, status.Queued);
        var refusal = await Assert.ThrowsAsync<TomException>(() => cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc")));
        Assert.Contains("on the way there in another share", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<StandInHermes> StartHermesAsync(StandInHermes? where = null)
    {
        var options = new StandInHermesOptions { Publisher = _published, Port = where?.Url.Port ?? 0 };
        if (where is not null)
        {
            options.Accounts = [new() { Token = where.Token }];
        }

        var hermes = await StandInHermes.StartAsync(options);
        _started.Add(hermes);
        return hermes;
    }

    private ValueTask StopAsync(StandInHermes hermes)
    {
        _started.Remove(hermes);
        return hermes.DisposeAsync();
    }

    private Task<SharingCluster> StartClusterAsync(params DestinationOptions[] destinations) => StartClusterAsync(null, destinations);

    private async Task<SharingCluster> StartClusterAsync(ITopicSearch? topics, params DestinationOptions[] destinations)
    {
        var cluster = await SharingCluster.StartAsync(topics, destinations);
        _started.Add(cluster);
        return cluster;
    }
}
