using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Tests.Alerts;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Grains.Tests.Events;

/// <summary>Events from where they happen to those who listen, over the Orleans stream.</summary>
public sealed class EventStreamTests
{
    [Fact]
    public async Task Events_of_every_silo_reach_a_grain_that_subscribes_and_the_feed()
    {
        await using var tom = await LiveTom.StartAsync(silos: 2);
        var listener = tom.Cluster.Client.GetGrain<IEventListenerGrain>("somebody's");
        await listener.SubscribeAsync();
        var feed = new FeedReader(tom.Cluster.Client.EventFeed());
        await feed.BeginAsync();

        for (var silo = 0; silo < 2; silo++)
        {
            tom.Cluster.Silos[silo].ServiceProvider.GetRequiredService<EventQueue>().TargetChanged(1_000 + silo, [RowFate.New]);
        }

        var fed = await feed.UntilAsync(TomEventKind.TargetChanged, atLeast: 2);
        Assert.Equal([1_000, 1_001], fed.Select(happened => happened.TargetId!.Value).Order());
        await listener.HeardAsync(2).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Messages_that_were_handled_and_parked_are_told_with_their_numbers()
    {
        await using var tom = await LiveTom.StartAsync(silos: 2);
        tom.Mood.Expect(_ => Task.FromResult(Verdict.Parked("bad")));
        var feed = new FeedReader(tom.Cluster.Client.EventFeed());
        await feed.BeginAsync();

        await tom.PublishAsync(40);

        Assert.All(await feed.UntilAsync(TomEventKind.AlertsHandled, atLeast: 40), happened => Assert.Equal((LiveTom.Name, "log"), (happened.Topic, happened.Handler)));
        Assert.All(await feed.UntilAsync(TomEventKind.MessagesParked, atLeast: 40), happened => Assert.Equal(("moody", "bad"), (happened.Handler, happened.Text)));
    }

    [Fact]
    public async Task A_silo_that_stops_does_not_wait_for_those_who_wait_for_events()
    {
        await using var tom = await LiveTom.StartAsync();
        var feed = tom.Cluster.Client.EventFeed();
        var waiting = feed.NextAsync((await feed.NextAsync(null)).Next);

        tom.Cluster.Silos[0].ServiceProvider.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        var refusal = await Assert.ThrowsAsync<TomException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Equal(TomFault.Unavailable, refusal.Fault);
    }

    [Fact]
    public async Task Orders_for_a_topic_are_told()
    {
        await using var tom = await LiveTom.StartAsync();
        var feed = new FeedReader(tom.Cluster.Client.EventFeed());
        await feed.BeginAsync();

        await tom.Cluster.Client.Topic(LiveTom.Name).PauseAsync("log");
        await tom.Cluster.Client.Topic(LiveTom.Name).ResumeAsync(null);

        Assert.Equal((LiveTom.Name, "log"), Assert.Single(await feed.UntilAsync(TomEventKind.TopicPaused, 1)) is { } paused ? (paused.Topic!.Value, paused.Handler!) : default);
        Assert.Null(Assert.Single(await feed.UntilAsync(TomEventKind.TopicResumed, 1)).Handler);
    }
}
