using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

/// <summary>On a clock twenty times as fast, as the watches are patient.</summary>
public sealed class WatchdogTests : KafkaTest
{
    private static readonly PartitionRef First = new("alerts", 0);
    private static readonly PartitionRef Second = new("alerts", 1);
    private readonly KafkaLog _log = new();
    private readonly FastTime _time = new(20);

    [Fact]
    public async Task A_partition_that_librdkafka_keeps_paused_without_our_knowing_is_read_again_and_said()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 10);
        await PublishAsync("alerts", 1, 10);
        var sink = new RecordingSink();
        var consumer = Consumer(Settings("alerts"), sink, _log, _time);
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        await sink.UntilAsync(() => sink.Count == 20, "the first are delivered");

        var paused = new TaskCompletionSource();
        consumer.Meddle(kafka =>
        {
            kafka.Pause([Assignments.Kafka(First)]);
            paused.SetResult();
        });
        await paused.Task;
        await PublishAsync("alerts", 0, 10, from: 10);
        await PublishAsync("alerts", 1, 10, from: 10);
        await sink.UntilAsync(() => sink.Count == 30, "the other partition is read on");
        AssertWhole(sink, Second, 20);
        await sink.UntilAsync(() => sink.Count == 40, "the paused one too, in the end");
        AssertWhole(sink, First, 20);
        Assert.Contains(_log.Lines, line => line.Text.StartsWith("test: alerts/0 has messages up to 20 but nothing came after 10", StringComparison.Ordinal));
        Assert.Equal(2, sink.Claims.Count);
    }

    [Fact]
    public async Task A_consumer_from_which_nothing_comes_is_built_anew_when_curing_its_partitions_did_not_help()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 10);
        await PublishAsync("alerts", 1, 10);
        var sink = new RecordingSink();
        var consumer = Consumer(Settings("alerts"), sink, _log, _time);
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        await sink.UntilAsync(() => sink.Count == 20, "the first are delivered");

        // As if librdkafka did not fetch any more, whatever it is told.
        _log.OnLine = line =>
        {
            if (line.Contains("fetching is started anew", StringComparison.Ordinal))
            {
                Pause(consumer);
            }
        };
        await Pause(consumer);
        await PublishAsync("alerts", 0, 10, from: 10);
        await PublishAsync("alerts", 1, 10, from: 10);
        await sink.UntilAsync(() => sink.States.Any(state => state.StartsWith("waiting: no message comes although the broker has some (alerts/", StringComparison.Ordinal)), "the silence is shown");
        await sink.UntilAsync(() => sink.Count == 40 && sink.Last.State == "connected", "a new consumer delivers all");

        AssertWhole(sink, First, 20);
        AssertWhole(sink, Second, 20);
        Assert.Equal(4, sink.Claims.Count);
        Assert.Contains(_log.Lines, line => line.Text.Contains("no message comes although", StringComparison.Ordinal) && line.Text.Contains("trying again in", StringComparison.Ordinal));
    }

    private static Task Pause(StreamConsumer consumer)
    {
        var paused = new TaskCompletionSource();
        consumer.Meddle(kafka =>
        {
            kafka.Pause(kafka.Assignment);
            paused.SetResult();
        });
        return paused.Task;
    }
}
