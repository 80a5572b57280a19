using Confluent.Kafka;
using Confluent.Kafka.Admin;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Streams.Kafka.Tests.Sessions;

public sealed class BrokerQueriesTests
{
    [Fact]
    public async Task Who_asks_after_the_connection_was_closed_is_refused_and_the_process_lives()
    {
        using var kafka = EmbeddedKafka.Start();
        kafka.CreateTopic("alerts", 1);
        var settings = new StreamSettings
        {
            Id = "test",
            Client = new Dictionary<string, string> { ["bootstrap.servers"] = kafka.BootstrapServers },
            GroupId = "group",
            Topics = ["alerts"],
        };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = kafka.BootstrapServers, GroupId = "group" }).Build();
        var queries = new BrokerQueries(new DependentAdminClientBuilder(consumer.Handle).Build(), settings, new TopicPatterns(settings.Topics));
        PartitionRef[] partitions = [new("alerts", 0)];
        Assert.Equal(0, (await queries.OffsetsAsync(partitions, OffsetSpec.Latest(), TestContext.Current.CancellationToken))[partitions[0]]);

        queries.Dispose();

        await Assert.ThrowsAsync<StreamUnavailableException>(() => queries.OffsetsAsync(partitions, OffsetSpec.Latest(), CancellationToken.None));
        await Assert.ThrowsAsync<StreamUnavailableException>(() => queries.ClusterIdAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StreamUnavailableException>(() => queries.TopicIdsAsync(["alerts"], CancellationToken.None));
    }
}
