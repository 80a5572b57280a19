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
    public async Task Share_that_waits_survives_the_silo()
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

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("the second is due, a new silo looks at its start, and does not know of the pause"));
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

        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextAsync("unconfirmed"));
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
    public async Task Hang_ends_at_the_time_limit_as_unconfirmed()
    {
        var hermes = await StartHermesAsync();
        var cluster = await StartClusterAsync(Options(hermes) with { SendTimeout = TimeSpan.FromMilliseconds(300), Lease = TimeSpan.FromSeconds(30) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.Hang(published: true));

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));

        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextAsync("unconfirmed"));
        Assert.Contains("no answer within 0.3 s", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
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
        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, Guid.NewGuid(), "copyist"), "a copy is not ours");
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

    private async Task<SharingCluster> StartClusterAsync(params DestinationOptions[] destinations)
    {
        var cluster = await SharingCluster.StartAsync(destinations);
        _started.Add(cluster);
        return cluster;
    }
}
