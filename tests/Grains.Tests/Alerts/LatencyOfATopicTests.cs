using TomOrleans.Alerts;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Latency and figures of a TOM that reads from a Kafka.</summary>
public sealed class LatencyOfATopicTests
{
    [Fact]
    public async Task Latency_is_plausible_for_new_messages_and_honest_for_old_ones()
    {
        await using var tom = await LiveTom.StartAsync();
        tom.Mood.Expect(_ => Task.FromResult(Verdict.Ignored("not mine")));
        var started = DateTimeOffset.UtcNow;
        await tom.PublishAsync(60);
        await tom.Alerts.ReachesAsync("tom.alerts.messages live/alerts log handled", 60);
        await tom.Alerts.ReachesAsync("tom.alerts.messages live/alerts moody ignored", 60);
        var latency = await LatencyAsync(tom, _ => true);
        Assert.InRange(latency.P50, double.Epsilon, latency.P99);
        Assert.InRange(latency.P99, latency.P50, (DateTimeOffset.UtcNow - started).TotalMilliseconds * 1.04);
        Assert.InRange(tom.Alerts["tom.alerts.latency live/alerts log 0.99"]!.Value, double.Epsilon, 60);

        await tom.PublishAsync(4, DateTimeOffset.UtcNow.AddDays(-3));
        await tom.Alerts.ReachesAsync("tom.alerts.messages live/alerts log handled", 64);
        latency = await LatencyAsync(tom, seen => seen.P99 > 86_400_000);
        Assert.InRange(latency.P99 / 86_400_000, 3 * 0.968, 3.001 * 1.032);
    }

    /// <summary>As the status shows it after one of the silo's reports, which come each second.</summary>
    private static async Task<HandlerLatency> LatencyAsync(LiveTom tom, Func<HandlerLatency, bool> isIt)
    {
        for (var look = 0; look < 200; look++)
        {
            var status = await tom.Cluster.Client.Topic(LiveTom.Name).GetStatusAsync();
            if (status.Handlers.Single(handler => handler.Handler == "log").Latency is { } latency && isIt(latency))
            {
                return latency;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("the status never showed the latency");
    }
}
