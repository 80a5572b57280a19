using System.Diagnostics;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class StopTests : KafkaTest
{
    private static readonly PartitionRef First = new("alerts", 0);

    [Fact]
    public async Task Stopping_waits_for_the_batch_in_flight_and_begins_no_other()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 100);
        var entered = new TaskCompletionSource();
        var database = new TaskCompletionSource();
        var sink = new RecordingSink
        {
            OnDeliver = async (_, _) =>
            {
                entered.TrySetResult();
                await database.Task;
            },
        };
        var consumer = await StartAsync(Settings("alerts") with { MaxBatchRecords = 10 }, sink);
        await entered.Task;
        var stopping = StopAsync(consumer);
        Assert.False(stopping.IsCompleted);
        database.SetResult();
        await stopping;

        Assert.InRange(sink.Count, 1, 10);
        Assert.Equal(sink.Count, sink.Cursors.Next(First));
        Assert.Equal([First], sink.Releases);
        Assert.Empty(sink.Breaches);
    }

    [Fact]
    public async Task A_delivery_that_hangs_does_not_keep_the_stop_beyond_its_limit_and_is_not_released_before_it_ends()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var entered = new TaskCompletionSource<CancellationToken>();
        var database = new TaskCompletionSource();
        var sink = new RecordingSink
        {
            OnDeliver = async (_, ct) =>
            {
                entered.TrySetResult(ct);
                await database.Task;
            },
        };
        var consumer = await StartAsync(Settings("alerts"), sink);
        var token = await entered.Task;
        var since = Stopwatch.GetTimestamp();
        using (var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300)))
        {
            await consumer.StopAsync(limit.Token);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(3.5));
        Assert.True(token.IsCancellationRequested);
        Assert.Empty(sink.Releases);

        database.SetResult();
        await sink.UntilAsync(() => sink.Releases.Count == 1, "it is released when the delivery has ended");
        Assert.Equal(0, consumer.BufferedBytes);
    }

    [Fact]
    public async Task A_cancelled_delivery_has_no_fate_and_comes_again_after_the_restart()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var entered = new TaskCompletionSource();
        var sink = new RecordingSink
        {
            OnDeliver = async (_, ct) =>
            {
                entered.TrySetResult();
                await Task.Delay(Timeout.Infinite, ct);
            },
        };
        var consumer = await StartAsync(Settings("alerts"), sink);
        await entered.Task;
        using (var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100)))
        {
            await consumer.StopAsync(limit.Token);
        }

        Assert.Equal("stopped", sink.Last.State);
        Assert.Equal([First], sink.Releases);
        Assert.Equal(0, sink.Count);

        var again = new RecordingSink(sink.Cursors);
        await StartAsync(Settings("alerts"), again);
        await again.UntilAsync(() => again.Count == 10, "all are delivered");
        AssertWhole(again, First, 10);
    }

    [Fact]
    public async Task Stopping_while_the_broker_is_away_ends_soon()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 10, "all are delivered");
        Kafka.SetBrokerDown();
        await sink.UntilAsync(() => sink.Last.State.StartsWith("waiting", StringComparison.Ordinal), "the outage is noticed");
        var since = Stopwatch.GetTimestamp();
        await StopAsync(consumer);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal("stopped", sink.Last.State);
    }

    [Fact]
    public async Task Stopping_while_a_broker_is_waited_for_ends_at_once()
    {
        Kafka.SetBrokerDown();
        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Last.State.StartsWith("waiting", StringComparison.Ordinal), "the outage is noticed");
        await StopAsync(consumer);
        Assert.Equal("stopped", sink.Last.State);
    }

    [Fact]
    public async Task A_consumer_that_was_never_started_can_be_stopped_and_one_that_was_cannot_be_started_again()
    {
        var sink = new RecordingSink();
        await StopAsync(Consumer(Settings("alerts"), sink));
        var consumer = await StartAsync(Settings("alerts"), sink);
        await Assert.ThrowsAsync<InvalidOperationException>(() => consumer.StartAsync(TestContext.Current.CancellationToken));
        await StopAsync(consumer);
        await StopAsync(consumer);
        await Assert.ThrowsAsync<InvalidOperationException>(() => consumer.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broker_that_is_away_does_not_keep_the_stop()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts") with { Client = new Dictionary<string, string>(Client) { ["session.timeout.ms"] = "30000" } }, sink);
        await sink.UntilAsync(() => sink.Count == 10, "all are delivered");
        Kafka.SetBrokerDown();
        await sink.UntilAsync(() => sink.Last.State.StartsWith("waiting:", StringComparison.Ordinal), "the outage is shown");

        var since = Stopwatch.GetTimestamp();
        await StopAsync(consumer);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal([First], sink.Releases);
    }
}
