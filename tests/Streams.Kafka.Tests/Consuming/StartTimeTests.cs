using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging.Abstractions;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

/// <summary>Needs a real broker, as the embedded one cannot look up offsets by time.</summary>
[Trait("Category", "RealBroker")]
public sealed class StartTimeTests
{
    [Fact]
    public async Task A_start_time_is_the_first_message_not_before_it()
    {
        var servers = Environment.GetEnvironmentVariable("TOM_TEST_KAFKA");
        Assert.SkipUnless(servers is not null, "TOM_TEST_KAFKA names no Kafka broker");
        var client = new Dictionary<string, string> { ["bootstrap.servers"] = servers! };
        var topic = $"tom-test-{Guid.NewGuid():N}";
        using var admin = new AdminClientBuilder(client).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1 }]);
        try
        {
            var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var producer = new StreamProducer(client);
            for (var hour = 0; hour < 5; hour++)
            {
                await producer.PublishAsync(
                    topic, new OutgoingRecord { Value = Encoding.UTF8.GetBytes($"{hour}"), Time = start.AddHours(hour) }, TestContext.Current.CancellationToken);
            }

            var sink = new RecordingSink();
            var settings = new StreamSettings { Id = "test", Client = client, GroupId = topic, Topics = [topic], Start = StartPosition.At(start.AddHours(2.5)) };
            await using var consumer = new StreamConsumer(settings, sink, NullLogger.Instance, TimeProvider.System);
            await consumer.StartAsync(TestContext.Current.CancellationToken);
            await sink.UntilAsync(() => sink.Count == 2, "the two later messages are delivered");
            Assert.Equal(["3", "4"], sink.Values(new PartitionRef(topic, 0)));
            Assert.NotNull(sink.ClusterId);
        }
        finally
        {
            await admin.DeleteTopicsAsync([topic]);
        }
    }
}
