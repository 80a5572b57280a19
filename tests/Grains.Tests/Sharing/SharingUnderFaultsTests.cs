using TomOrleans.Grains.Sharing;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;
using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>Destinations that are away, hang or go in the middle of it, and silos that do.</summary>
public sealed class SharingUnderFaultsTests : IAsyncDisposable
{
    private readonly SharingScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Share_waits_for_a_server_that_is_away_and_arrives_when_it_comes_back()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await _scene.StopAsync(hermes);

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Queued, await cluster.Outcomes.NextAsync("queued again"));
        Assert.Contains("cannot be reached", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
        await _scene.StartHermesAsync(hermes);

        ShareState state;
        while ((state = await cluster.Outcomes.NextAsync("delivered")) == ShareState.Queued)
        {
        }

        Assert.Equal(ShareState.Delivered, state);
        Assert.Single(_scene.Published.Messages);
    }

    [Fact]
    public async Task Share_that_waits_survives_the_silo_and_so_does_the_pause_of_its_destination()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { Retry = new(TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(1)) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await _scene.StopAsync(hermes);
        var first = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Queued, await cluster.Outcomes.NextAsync("queued again"));
        var second = await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));
        await _scene.StartHermesAsync(hermes);

        await cluster.RestartAsync();

        await cluster.Get<OutboxSweeper>().SweepAsync();
        var status = Assert.Single(await cluster.Get<DestinationReader>().ReadAsync());
        Assert.StartsWith("backing off: ", status.State, StringComparison.Ordinal);
        Assert.InRange(status.NextTryMicroseconds!.Value - Clock.Microseconds(TimeProvider.System), 3_500_000_000, 7_200_000_000);
        Assert.Empty(_scene.Published.Messages);

        await cluster.Grains.Sharing("hermes").ResumeAsync();

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("the second, which was due"));
        Assert.Equal(ShareState.Delivered, (await cluster.Grains.Shares().GetAsync(second.Id)).State);
        var waiting = await cluster.Grains.Shares().GetAsync(first.Id);
        Assert.Equal(ShareState.Queued, waiting.State);
        Assert.InRange(waiting.NextTryMicroseconds!.Value - Clock.Microseconds(TimeProvider.System), 3_500_000_000, 7_200_000_000);
    }

    [Fact]
    public async Task Submission_under_way_in_another_silo_is_left_to_it()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
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
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        _scene.Published.Close();
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await _scene.Published.Entered;

        var restart = cluster.RestartAsync();
        _scene.Published.Open();
        await restart;

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered by the silo that stopped"));
        var share = await cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal((ShareState.Delivered, 1), (share.State, share.Attempts));
        Assert.Single(_scene.Published.Messages);
    }

    [Fact]
    public async Task Shares_of_one_destination_never_overlap_on_their_way()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        for (var i = 0; i < 5; i++)
        {
            await cluster.AddTargetAsync($"T{i}", A.Point);
        }

        _scene.Published.Close();
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("T0"));
        await _scene.Published.Entered;
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => cluster.Grains.Sharing("hermes").ShareAsync(Request($"T{i}"))));
        await cluster.Get<OutboxSweeper>().SweepAsync();
        _scene.Published.Open();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync($"share {i}"));
        }

        Assert.Equal(5, _scene.Published.Messages.Count);
        Assert.Equal(1, _scene.Published.MostUnderWay);
    }

    [Fact]
    public async Task Destination_that_hangs_holds_up_neither_queueing_nor_its_neighbours()
    {
        var hanging = await _scene.StartHermesAsync();
        var healthy = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hanging, "hanging"), Options(healthy, "healthy"));
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
    public async Task Destination_that_keeps_failing_pauses_itself_and_goes_on_by_itself_when_it_answers()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { PauseAfter = 2 });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await _scene.StopAsync(hermes);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await cluster.Outcomes.NextAsync("the first failure");
        await cluster.Outcomes.NextAsync("the second failure");
        Assert.StartsWith("paused: ", Assert.Single(await cluster.Get<DestinationReader>().ReadAsync()).State, StringComparison.Ordinal);

        var back = await _scene.StartHermesAsync(hermes);

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered: while it was asked only, nothing was sent"));
        Assert.Equal(["/api/v0/profile/"], back.Requests.Recent.Select(request => request.PathAndQuery).Where(path => !path.Contains("submit", StringComparison.Ordinal)).Distinct());
        Assert.Equal("ready", Assert.Single(await cluster.Get<DestinationReader>().ReadAsync()).State);
    }

    [Fact]
    public async Task Refused_token_rejects_one_share_and_keeps_the_others_until_it_is_mended()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { ApiKey = "wrong" });
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
    public async Task Destination_backs_off_visibly()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { Retry = new() });
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
}
