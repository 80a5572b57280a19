using TomOrleans.Grains.Sharing;
using TomOrleans.Sharing;
using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>What people order for shares and destinations.</summary>
public sealed class SharingOrdersTests : IAsyncDisposable
{
    private readonly SharingScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Paused_by_a_person_nothing_is_sent_until_resumed_even_over_a_restart()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
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
    public async Task Share_that_waits_can_be_cancelled_and_one_that_ended_cannot()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
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
    public async Task Retraction_tells_Hermes_and_marks_the_points_which_may_then_be_shared_no_more()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        var sharing = cluster.Grains.Sharing("hermes");
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point, A.Limit);
        var queued = await sharing.ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));

        var retracted = await sharing.RetractAsync(queued.Id, keepPoints: false);

        Assert.Equal((2, _scene.Published.Messages[0].Id.ToString("D")), (retracted.Points, Assert.Single(retracted.Receipts)));
        Assert.NotNull((await cluster.Grains.Shares().GetAsync(queued.Id)).RetractedMicroseconds);
        Assert.All(await cluster.Grains.Target(target).GetPhotometryAsync(), point => Assert.True(point.IsRetracted));
        Assert.Contains(hermes.Requests.Recent, request => request.Method == "PATCH" && request.Body == """{"retracted":true}""");
        Assert.Equal(0, (await sharing.RetractAsync(queued.Id, keepPoints: false)).Points);
    }
}
