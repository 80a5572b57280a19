using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class UnresolvedStartTests
{
    private const short ListOffsets = 2;

    /// <summary>Two brokers, one of which does not say where its partitions end: taken for new, their whole history would be read.</summary>
    [Fact]
    public async Task A_partition_whose_start_cannot_be_resolved_at_first_is_prepared_again_and_not_taken_for_a_new_one()
    {
        using var kafka = EmbeddedKafka.Start(brokers: 2);
        kafka.CreateTopic("alerts", 2);
        var client = new Dictionary<string, string>
        {
            ["bootstrap.servers"] = kafka.BootstrapServers,
            ["session.timeout.ms"] = "1500",
            ["heartbeat.interval.ms"] = "200",
        };
        using var producer = new StreamProducer(client);
        await PublishAsync(producer, "old");

        kafka.PushErrors(ListOffsets, ErrorCode.TopicAuthorizationFailed);
        var sink = new RecordingSink();
        var settings = new StreamSettings { Id = "test", Client = client, GroupId = "group", Topics = ["alerts"], ClusterId = kafka.ClusterId };
        await using var consumer = new StreamConsumer(settings, sink, NullLogger.Instance, TimeProvider.System);
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        await sink.UntilAsync(() => sink.Owned.Count == 2, "both partitions are claimed");
        await PublishAsync(producer, "new");
        await sink.UntilAsync(() => sink.Count == 2, "the new messages are delivered");

        Assert.Equal(["new"], sink.Values(new PartitionRef("alerts", 0)));
        Assert.Equal(["new"], sink.Values(new PartitionRef("alerts", 1)));
        Assert.True(sink.Prepared.Count > 1, "the partition was not prepared again");
        Assert.Empty(sink.Breaches);
    }

    private static async Task PublishAsync(StreamProducer producer, string value)
    {
        foreach (var partition in new[] { 0, 1 })
        {
            var record = new OutgoingRecord { Partition = partition, Value = Encoding.UTF8.GetBytes(value) };
            await producer.PublishAsync("alerts", record, TestContext.Current.CancellationToken);
        }
    }
}
