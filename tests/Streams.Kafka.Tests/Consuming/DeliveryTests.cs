using System.Diagnostics;
using System.Text;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class DeliveryTests : KafkaTest
{
    private static readonly PartitionRef First = new("alerts", 0);

    [Fact]
    public async Task Every_message_of_every_partition_is_delivered_once_and_in_order()
    {
        Kafka.CreateTopic("alerts", 4);
        for (var partition = 0; partition < 4; partition++)
        {
            await PublishAsync("alerts", partition, 2500);
        }

        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts") with { MaxBatchRecords = 400 }, sink);
        await sink.UntilAsync(() => sink.Count == 10_000, "10,000 messages are delivered");
        await StopAsync(consumer);

        for (var partition = 0; partition < 4; partition++)
        {
            AssertWhole(sink, new PartitionRef("alerts", partition), 2500);
        }

        Assert.All(sink.BatchSizes, size => Assert.InRange(size, 1, 400));
        Assert.Equal(Kafka.ClusterId, sink.ClusterId);
        Assert.Equal(4, sink.Releases.Count);
        Assert.Empty(sink.Owned);
        Assert.Equal(0, consumer.BufferedBytes);
    }

    [Fact]
    public async Task The_last_report_says_where_each_partition_was_left()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 7);

        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 7 && sink.Last.Partitions.Any(p => p is { Position: 7, HighOffset: 7, InFlight: 0 }), "a report shows all as read");
        Assert.Equal("connected", sink.Last.State);
        Assert.Equal(["alerts"], sink.Last.Topics);
        Assert.Empty(sink.Last.Problems);
        var running = sink.Last.Partitions[0];
        Assert.Equal(sink.Records(First)[^1].TimestampMicroseconds, running.LastMessageMicroseconds);
        Assert.Null(sink.Last.Partitions[1].LastMessageMicroseconds);
        await StopAsync(consumer);

        Assert.Equal("stopped", sink.Last.State);
        Assert.Equal([7L, 0L], sink.Last.Partitions.Select(partition => partition.Position));
        Assert.All(sink.Last.Partitions, partition => Assert.True(partition is { Released: true, InFlight: 0, Waiting: null }));
    }

    [Fact]
    public async Task After_a_restart_reading_goes_on_at_the_sinks_cursor_and_not_at_Kafkas_committed_offset()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 100);
        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 100, "the first 100 are delivered");
        await StopAsync(consumer);

        sink.Cursors.Set(First, 40);
        await PublishAsync("alerts", 0, 50, from: 100);
        var again = new RecordingSink(sink.Cursors);
        await StartAsync(Settings("alerts"), again);
        await again.UntilAsync(() => again.Count == 110, "those from the cursor on are delivered");

        Assert.Equal(Enumerable.Range(40, 110).Select(i => i.ToString()), again.Values(First));
        Assert.Empty(again.Breaches);
    }

    [Fact]
    public async Task The_offset_committed_in_Kafka_follows_the_slowest_handler()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink { Slowest = _ => 4 };
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Last.Partitions is [{ Position: 10, InFlight: 0 }], "all are delivered and the position is shown");
        await StopAsync(consumer);

        Assert.Equal(4, Committed());
    }

    [Fact]
    public async Task The_offset_committed_in_Kafka_follows_a_handler_that_catches_up_while_nothing_new_comes()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var isAsked = false;
        var sink = new RecordingSink { Slowest = _ => 4 };
        sink.SlowestNow = _ =>
        {
            isAsked = true;
            return 7;
        };
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => isAsked, "the sink is asked where its slowest handler is by now");
        await StopAsync(consumer);

        Assert.Equal(7, Committed());
    }

    [Fact]
    public async Task The_offset_committed_in_Kafka_follows_what_was_delivered()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 10, "all are delivered");
        await StopAsync(consumer);

        Assert.Equal(10, Committed());
    }

    [Fact]
    public async Task A_record_arrives_as_it_was_published()
    {
        Kafka.CreateTopic("alerts", 2);
        using var producer = new StreamProducer(Client);
        var time = new DateTimeOffset(2026, 3, 1, 4, 5, 6, 789, TimeSpan.Zero);
        var receipt = await producer.PublishAsync("alerts", new OutgoingRecord
        {
            Key = [1, 2],
            Value = [3, 4, 5],
            Headers = [new("_id", [0xff, 0x00]), new("topic", Encoding.UTF8.GetBytes("größe")), new("_id", [])],
            Partition = 1,
            Time = time,
        }, TestContext.Current.CancellationToken);
        await producer.PublishAsync("alerts", new OutgoingRecord { Partition = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(new StreamReceipt(new PartitionRef("alerts", 1), 0), receipt);

        var sink = new RecordingSink();
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 2, "both are delivered");

        var records = sink.Records(new PartitionRef("alerts", 1));
        Assert.Equal([1, 2], records[0].Key);
        Assert.Equal([3, 4, 5], records[0].Value);
        Assert.Equal(time.ToUnixTimeMilliseconds() * 1000, records[0].TimestampMicroseconds);
        Assert.Equal(["_id", "topic", "_id"], records[0].Headers.Select(header => header.Name));
        Assert.Equal([0xff, 0x00], records[0].Headers[0].Value.ToArray());
        Assert.Equal("größe", Encoding.UTF8.GetString(records[0].Headers[1].Value.Span));
        Assert.Empty(records[0].Headers[2].Value.ToArray());
        Assert.Null(records[1].Key);
        Assert.Null(records[1].Value);
        Assert.Empty(records[1].Headers);
    }

    [Fact]
    public async Task A_lone_message_goes_at_once()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 1);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 1, "the first is delivered");

        // The best of several: this machine is shared.
        var best = TimeSpan.MaxValue;
        for (var i = 1; i <= 10; i++)
        {
            await PublishAsync("alerts", 0, 1, from: i);
            var since = Stopwatch.GetTimestamp();
            await sink.UntilAsync(() => sink.Count == i + 1, $"message {i} is delivered");
            var took = Stopwatch.GetElapsedTime(since);
            best = took < best ? took : best;
        }

        Assert.All(sink.BatchSizes, size => Assert.Equal(1, size));
        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromMilliseconds(60));
    }

    /// <summary>What other tools see of the partition.</summary>
    private long Committed()
    {
        using var other = new Confluent.Kafka.ConsumerBuilder<byte[], byte[]>([.. Client, new("group.id", "group")]).Build();
        return other.Committed([new Confluent.Kafka.TopicPartition("alerts", 0)], TimeSpan.FromSeconds(10)).Single().Offset.Value;
    }
}
