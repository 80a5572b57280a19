using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Native;

namespace TomOrleans.Streams.Kafka.Tests.Native;

/// <summary>Straight from librdkafka and by Confluent's Consume: each test takes both ways, and the same has to come.</summary>
public sealed class RecordConsumerTests : KafkaTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Confluent_keeps_its_client_where_we_look_for_it()
    {
        using var consumer = Build();
        Assert.NotNull(ClientHandle.Of(consumer));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Records_come_with_all_they_were_published_with(bool native)
    {
        var big = Enumerable.Range(0, 4_900_000).Select(i => (byte)i).ToArray();
        await ProduceAsync(
            new()
            {
                Key = "k"u8.ToArray(),
                Value = "v"u8.ToArray(),
                Timestamp = new Timestamp(1_700_000_000_123, TimestampType.CreateTime),
                Headers = [new Header("_id", [0xff, 0x00]), new Header("größe", []), new Header("_id", null), new Header("", "x"u8.ToArray())],
            },
            new() { Key = [], Value = [] },
            new(),
            new() { Value = big, Headers = [new Header(new string('n', 300), new byte[1000])] },
            new() { Headers = [new Header("_id", [1]), new Header("größe", [2])] });
        using var consumer = Build();
        consumer.Assign(new TopicPartitionOffset("alerts", 0, 0));
        var records = Take(Records(consumer, native), 5).Select(polled => polled.Record!.Value).ToList();

        Assert.Equal([0, 1, 2, 3, 4], records.Select(record => record.Offset));
        Assert.Equal(1_700_000_000_123_000, records[0].TimestampMicroseconds);
        Assert.Equal("k"u8.ToArray(), records[0].Key);
        Assert.Equal("v"u8.ToArray(), records[0].Value);
        Assert.Equal(["_id=FF00", "größe=", "_id=", "=78"], Headers(records[0]));
        Assert.Equal([], records[1].Key!);
        Assert.Equal([], records[1].Value!);
        Assert.Empty(records[1].Headers);
        Assert.True(records[1].TimestampMicroseconds > 1_700_000_000_123_000);
        Assert.Null(records[2].Key);
        Assert.Null(records[2].Value);
        Assert.Equal(big, records[3].Value);
        Assert.Equal([$"{new string('n', 300)}={new string('0', 2000)}"], Headers(records[3]));
        Assert.Equal(["_id=01", "größe=02"], Headers(records[4]));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_end_of_a_partition_is_told(bool native)
    {
        await ProduceAsync(new Message<byte[], byte[]>());
        using var consumer = Build();
        consumer.Assign(new TopicPartitionOffset("alerts", 0, 0));
        var polled = Take(Records(consumer, native), 2);
        Assert.Equal(("alerts", 0, 1L), (polled[1].Topic, polled[1].Partition, polled[1].Offset));
        Assert.Null(polled[1].Record);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_error_comes_with_its_partition_and_its_words(bool native)
    {
        await ProduceAsync(new Message<byte[], byte[]>());
        using var consumer = Build();
        consumer.Assign(new TopicPartitionOffset("alerts", 0, 77));
        var records = Records(consumer, native);
        var error = Assert.Throws<ConsumeException>(() => Take(records, 1));
        Assert.Equal(ErrorCode.Local_AutoOffsetReset, error.Error.Code);
        Assert.Contains("out of range", error.Error.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("alerts", 0), (error.ConsumerRecord.Topic, error.ConsumerRecord.Partition.Value));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_rebalance_runs_its_handler_within_the_poll(bool native)
    {
        await ProduceAsync(new Message<byte[], byte[]>(), new Message<byte[], byte[]>());
        var thread = 0;
        using var consumer = Build(builder => builder.SetPartitionsAssignedHandler((_, partitions) =>
        {
            thread = Environment.CurrentManagedThreadId;
            return partitions.Select(partition => new TopicPartitionOffset(partition, 1));
        }));
        consumer.Subscribe("alerts");
        var polled = Take(Records(consumer, native), 1).Single();
        Assert.Equal(1, polled.Offset);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        consumer.Close();
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_a_rebalance_handler_throws_is_thrown_by_a_poll(bool native)
    {
        Kafka.CreateTopic("alerts", 1);
        using var consumer = Build(builder => builder.SetPartitionsAssignedHandler(
            new Func<IConsumer<byte[], byte[]>, List<TopicPartition>, IEnumerable<TopicPartitionOffset>>((_, _) => throw new InvalidOperationException("of the handler"))), "range");
        consumer.Subscribe("alerts");
        var records = Records(consumer, native);
        Assert.Equal("of the handler", Assert.Throws<InvalidOperationException>(() => Take(records, 1)).Message);
    }

    [Fact]
    public void A_disposed_client_is_not_asked()
    {
        var consumer = Build();
        var records = Records(consumer, native: true);
        consumer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => records.TryPoll(0, out _));
    }

    private IConsumer<byte[], byte[]> Build(Action<ConsumerBuilder<byte[], byte[]>>? change = null, string strategy = "cooperative-sticky")
    {
        var builder = new ConsumerBuilder<byte[], byte[]>(
        [
            .. Client, new("group.id", "group"), new("auto.offset.reset", "error"), new("enable.partition.eof", "true"), new("partition.assignment.strategy", strategy),
        ]).SetLogHandler((_, _) => { });
        change?.Invoke(builder);
        return builder.Build();
    }

    private static RecordConsumer Records(IConsumer<byte[], byte[]> consumer, bool native) => new(consumer, native ? ClientHandle.Of(consumer) : null);

    private static List<Polled> Take(RecordConsumer records, int count)
    {
        var taken = new List<Polled>();
        var since = DateTime.UtcNow;
        while (taken.Count < count && DateTime.UtcNow - since < Patience)
        {
            if (records.TryPoll(100, out var polled))
            {
                taken.Add(polled);
            }
        }

        Assert.Equal(count, taken.Count);
        return taken;
    }

    private static IEnumerable<string> Headers(StreamRecord record) => record.Headers.Select(header => $"{header.Name}={Convert.ToHexString(header.Value.Span)}");

    private async Task ProduceAsync(params Message<byte[], byte[]>[] messages)
    {
        Kafka.CreateTopic("alerts", 1);
        using var producer = new ProducerBuilder<byte[], byte[]>([.. Client, new("message.max.bytes", "6000000")]).SetLogHandler((_, _) => { }).Build();
        foreach (var message in messages)
        {
            await producer.ProduceAsync(new TopicPartition("alerts", 0), message, TestContext.Current.CancellationToken);
        }
    }
}
