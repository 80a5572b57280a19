namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class BackPressureTests : KafkaTest
{
    private const int RecordBytes = 1024;

    [Fact]
    public async Task A_stuck_partition_keeps_the_buffer_bounded_and_the_others_going()
    {
        const int limit = 200 * RecordBytes;
        Kafka.CreateTopic("alerts", 3);
        for (var partition = 0; partition < 3; partition++)
        {
            await PublishAsync("alerts", partition, 2000, padding: RecordBytes);
        }

        var stuck = new PartitionRef("alerts", 0);
        var database = new TaskCompletionSource();
        long most = 0;
        StreamConsumer? consumer = null;
        var sink = new RecordingSink
        {
            OnDeliver = async (batch, _) =>
            {
                most = Math.Max(most, consumer!.BufferedBytes);
                if (batch.Partition == stuck)
                {
                    await database.Task;
                }
            },
        };
        consumer = Consumer(Settings("alerts") with { MaxBufferedBytes = limit }, sink);
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        await sink.UntilAsync(() => sink.Count == 4000, "the two other partitions are delivered");
        Assert.Empty(sink.Records(stuck));
        await sink.UntilAsync(() => sink.Last.Partitions.Any(p => p.Partition == stuck && p is { InFlight: > 10, HighOffset: 2000 }), "the report shows what is stuck");

        database.SetResult();
        await sink.UntilAsync(() => sink.Count == 6000, "the stuck partition is delivered too");
        for (var partition = 0; partition < 3; partition++)
        {
            AssertWhole(sink, new PartitionRef("alerts", partition), 2000);
        }

        // One record a partition may come on top.
        Assert.InRange(most, limit / 6, limit + (3 * 2 * RecordBytes));
        await sink.UntilAsync(() => consumer.BufferedBytes == 0, "the buffer is empty in the end");
    }

    [Fact]
    public async Task A_message_larger_than_the_whole_buffer_gets_through()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 20, padding: 5000);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts") with { MaxBufferedBytes = 1000 }, sink);
        await sink.UntilAsync(() => sink.Count == 20, "all are delivered");
        AssertWhole(sink, new PartitionRef("alerts", 0), 20);
    }

    [Fact]
    public async Task A_slow_sink_gets_ever_larger_batches_and_a_fast_one_small_ones()
    {
        Kafka.CreateTopic("alerts", 1);
        var gate = new TaskCompletionSource();
        var sink = new RecordingSink { OnDeliver = (_, _) => gate.Task };
        await StartAsync(Settings("alerts"), sink);
        await PublishAsync("alerts", 0, 1);
        await sink.UntilAsync(() => sink.Last.Partitions.Any(p => p.InFlight == 1), "the first is on its way");
        await PublishAsync("alerts", 0, 99, from: 1);
        await sink.UntilAsync(() => sink.Last.Partitions.Any(p => p.InFlight == 100), "the others wait behind it");
        gate.SetResult();
        await sink.UntilAsync(() => sink.Count == 100, "all are delivered");

        Assert.Equal([1, 99], sink.BatchSizes);
    }
}
