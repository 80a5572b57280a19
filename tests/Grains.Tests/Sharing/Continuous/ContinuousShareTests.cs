using System.Text.Json;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Sharing;
using TomOrleans.Targets;

using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing.Continuous;

/// <summary>Standing orders, against the stand-in Hermes over HTTP.</summary>
public sealed class ContinuousShareTests : IAsyncLifetime
{
    private readonly GatePublisher _published = new();
    private StandInHermes _hermes = null!;
    private SharingCluster _cluster = null!;

    private IContinuousSharesGrain Orders => _cluster.Grains.ContinuousShares();

    public async ValueTask InitializeAsync()
    {
        _hermes = await StandInHermes.StartAsync(new() { Publisher = _published });
        _cluster = await SharingCluster.StartAsync(Options(_hermes) with { ContinuousDelay = TimeSpan.FromMilliseconds(500), UserTopics = ["hermes.test", "hermes.photometry"] });
    }

    public async ValueTask DisposeAsync()
    {
        _published.Open();
        await _hermes.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task New_points_go_out_together_and_once()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc", A.Point);
        var order = await Orders.AddAsync(Order());

        await _cluster.AddPointsAsync(target, At(1));
        await _cluster.AddPointsAsync(target, At(2), At(1), A.Point);
        await DeliveredAsync();
        await _cluster.AddPointsAsync(target, At(3), At(2));
        await DeliveredAsync();

        Assert.Equal(["101,102", "103"], _published.Messages.Select(Brightnesses));
        var listed = Assert.Single(await Orders.ListAsync(new() { Target = "at2026ABC" }));
        Assert.Equal((order.Id, "AT2026abc", "hermes", "hermes.test", 3L, 0L, 0L), (listed.Id, listed.Target, listed.Destination, listed.Topic, listed.Shared, listed.LeftOut, listed.Waiting));
        var share = (await _cluster.Grains.Shares().ListAsync(new())).Shares[0];
        Assert.Equal((ShareState.Delivered, 1, "Updated data for AT2026abc from A TOM."), (share.State, share.Points, share.Title));
        Assert.Equal($"this TOM (continuous {order.Id})", share.CreatedBy);
    }

    [Fact]
    public async Task A_revision_goes_out_and_what_was_withdrawn_or_revised_before_does_not()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc");
        await Orders.AddAsync(Order());
        await _cluster.AddPointsAsync(target, At(1), At(2) with { IsRetracted = true });
        await DeliveredAsync();

        await _cluster.AddPointsAsync(target, Heard(At(1) with { Brightness = 201 }, offset: 1), Heard(At(1) with { Brightness = 301 }, offset: 3));
        await DeliveredAsync();
        await _cluster.AddPointsAsync(target, Heard(At(1) with { Brightness = 251 }, offset: 2), At(4));
        await DeliveredAsync();

        Assert.Equal(["101", "301", "104"], _published.Messages.Select(Brightnesses));
        Assert.Equal(2, Assert.Single(await Orders.ListAsync(new())).LeftOut);
    }

    [Fact]
    public async Task Existing_points_go_first_but_for_those_shared_before()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc", At(1));
        await _cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await DeliveredAsync();
        await _cluster.AddPointsAsync(target, At(2), At(3));

        var order = await Orders.AddAsync(Order() with { Existing = true });
        await DeliveredAsync();
        await _cluster.AddPointsAsync(target, At(4));
        await DeliveredAsync();

        Assert.Equal(3, order.Waiting);
        Assert.Equal(["101", "102,103", "104"], _published.Messages.Select(Brightnesses));
        var listed = Assert.Single(await Orders.ListAsync(new()));
        Assert.Equal((3L, 1L), (listed.Shared, listed.LeftOut));
    }

    [Fact]
    public async Task Points_that_a_silo_left_waiting_are_shared_by_the_next()
    {
        await using var cluster = await SharingCluster.StartAsync(Options(_hermes) with { ContinuousDelay = TimeSpan.FromHours(1) });
        var target = await cluster.AddTargetAsync("AT2026abc");
        await cluster.Grains.ContinuousShares().AddAsync(Order());

        await cluster.AddPointsAsync(target, At(1), At(2));
        await cluster.RestartAsync(Options(_hermes) with { ContinuousDelay = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));

        Assert.Equal("101,102", string.Join(',', _published.Messages.Select(Brightnesses)));
    }

    [Fact]
    public async Task What_came_from_the_topic_is_not_sent_back_and_the_rest_is()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc");
        await Orders.AddAsync(Order());

        await _cluster.AddPointsAsync(target, Heard(At(1), 1, topic: "hermes.test"), Heard(At(2), 1, topic: "other"));
        await DeliveredAsync();

        Assert.Equal("102", Brightnesses(Assert.Single(_published.Messages)));
    }

    [Fact]
    public async Task While_a_share_is_on_its_way_the_next_points_wait_and_go_together()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc");
        await Orders.AddAsync(Order());
        _published.Close();
        await _cluster.AddPointsAsync(target, At(1));
        await _published.Entered;

        for (var i = 2; i < 8; i++)
        {
            await _cluster.AddPointsAsync(target, At(i));
            await Task.Delay(200, TestContext.Current.CancellationToken); // longer than the order's delay in all
        }

        Assert.Equal((1, 6L), ((int)(await _cluster.Grains.Shares().ListAsync(new())).Total, Assert.Single(await Orders.ListAsync(new())).Waiting));
        _published.Open();
        await DeliveredAsync();
        await DeliveredAsync();

        Assert.Equal(["101", "102,103,104,105,106,107"], _published.Messages.Select(Brightnesses));
    }

    [Fact]
    public async Task The_order_of_a_list_shares_its_targets_each_for_itself()
    {
        var (one, two) = (await _cluster.AddTargetAsync("AT2026abc"), await _cluster.AddTargetAsync("AT2026xyz"));
        await _cluster.Grains.TargetLists().AddAsync("Bright ones", [one, two]);
        var order = await Orders.AddAsync(Order() with { Target = "", List = "bright ONES" });

        await _cluster.AddPointsAsync(one, At(1));
        await _cluster.AddPointsAsync(two, At(2));
        await DeliveredAsync();
        await DeliveredAsync();

        Assert.Equal(("", "Bright ones"), (order.Target, order.List));
        Assert.Equal(["101", "102"], _published.Messages.Select(Brightnesses).Order());
        await Assert.ThrowsAsync<TomException>(() => Orders.AddAsync(Order() with { Target = "", List = "none such" }));
        await Assert.ThrowsAsync<TomException>(() => Orders.AddAsync(Order() with { List = "Bright ones" }));
    }

    [Fact]
    public async Task After_its_end_an_order_shares_nothing_more()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc");
        var order = await Orders.AddAsync(Order());
        var other = await Orders.AddAsync(Order() with { Topic = "hermes.photometry" });
        await _cluster.AddPointsAsync(target, At(1));

        await Orders.RemoveAsync(order.Id);
        await _cluster.AddPointsAsync(target, At(2));
        await DeliveredAsync();

        Assert.Equal(["hermes.photometry"], _published.Messages.Select(message => message.Topic));
        Assert.Equal([other.Id], (await Orders.ListAsync(new() { Destination = "hermes" })).Select(left => left.Id));
        var fault = await Assert.ThrowsAsync<TomException>(() => Orders.RemoveAsync(order.Id));
        Assert.Equal(TomFault.NotFound, fault.Fault);
    }

    [Fact]
    public async Task Orders_that_can_come_to_nothing_are_refused_with_the_reason()
    {
        await _cluster.AddTargetAsync("AT2026abc");
        await Orders.AddAsync(Order());

        async Task RefusedAsync(ContinuousShareRequest request, TomFault fault, string words)
        {
            var exception = await Assert.ThrowsAsync<TomException>(() => Orders.AddAsync(request));
            Assert.Equal(fault, exception.Fault);
            Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        }

        await RefusedAsync(Order(), TomFault.Conflict, "AT2026abc is shared to hermes:hermes.test continuously already: order 1 of this TOM");
        await RefusedAsync(Order() with { Destination = "nowhere" }, TomFault.NotFound, "DATA_SHARING has: hermes");
        await RefusedAsync(Order() with { Topic = null }, TomFault.Invalid, "needs a topic");
        await RefusedAsync(Order() with { Topic = "elsewhere" }, TomFault.Invalid, "USER_TOPICS");
        await RefusedAsync(Order() with { Target = "nobody" }, TomFault.NotFound, "nobody");
    }

    private static ContinuousShareRequest Order() => new() { Target = "AT2026abc", Destination = "hermes", Topic = "hermes.test" };

    /// <summary>A measurement of its own, known by its brightness [mJy].</summary>
    private static PhotometryPoint At(int number) => A.Point with { Time = new(A.Time + (number * 1_000_000L)), Brightness = 100 + number, BrightnessUnit = BrightnessUnit.Millijansky };

    private static PhotometryPoint Heard(PhotometryPoint point, long offset, string topic = "other") =>
        point with { Provenance = new(new("hopskotch", topic, 0, offset), null, "peer", offset) };

    private static string Brightnesses(HopMessage message) => string.Join(
        ',', JsonDocument.Parse(message.Value).RootElement.GetProperty("data").GetProperty("photometry").EnumerateArray().Select(row => row.GetProperty("brightness").GetDouble()));

    private async Task DeliveredAsync() => Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("delivered"));
}
