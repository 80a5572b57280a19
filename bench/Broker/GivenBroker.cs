using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace TomOrleans.Bench.Broker;

/// <summary>A Kafka that was given to us, without security; the topics made in it go with the run.</summary>
internal sealed class GivenBroker(string bootstrapServers) : KafkaBroker
{
    private readonly IAdminClient _admin =
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).SetLogHandler((_, _) => { }).Build();
    private readonly List<string> _made = [];

    public override string Kind => "given by TOM_TEST_KAFKA";

    public override string BootstrapServers => bootstrapServers;

    public override string? ClusterId => null;

    public override async Task CreateTopicAsync(string name, int partitions)
    {
        try
        {
            await _admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1 }]);
            _made.Add(name);
        }
        catch (KafkaException exception)
        {
            throw new BenchException($"{bootstrapServers} does not make the topic {name}: {exception.Error.Reason}", exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_made.Count > 0)
        {
            await _admin.DeleteTopicsAsync(_made);
        }

        _admin.Dispose();
    }
}
