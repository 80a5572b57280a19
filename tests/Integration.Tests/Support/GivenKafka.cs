using Confluent.Kafka;
using Confluent.Kafka.Admin;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>A real Kafka that somebody runs, without security; the topics made in it go with the test.</summary>
public sealed class GivenKafka : FaultBroker
{
    private static readonly SemaphoreSlim Turn = new(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly IAdminClient _admin;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    private GivenKafka(string bootstrapServers)
    {
        BootstrapServers = bootstrapServers;
        _admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).SetLogHandler((_, _) => { }).Build();
    }

    public override string BootstrapServers { get; }

    /// <summary>Waits until no other test has it.</summary>
    public static async Task<GivenKafka> TakeAsync(string bootstrapServers)
    {
        await Turn.WaitAsync();
        return new(bootstrapServers);
    }

    public override async Task CreateTopicAsync(string name, int partitions)
    {
        await DeleteTopicAsync(name);
        var topic = new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1 };
        using var end = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            try
            {
                await _admin.CreateTopicsAsync([topic]);
                _made.Add(name);
                return;
            }
            catch (CreateTopicsException e) when (e.Results[0].Error.Code == ErrorCode.TopicAlreadyExists)
            {
                // Its deletion is under way.
                await timer.WaitForNextTickAsync(end.Token);
            }
        }
    }

    public override async Task DeleteTopicAsync(string name)
    {
        try
        {
            await _admin.DeleteTopicsAsync([name]);
        }
        catch (DeleteTopicsException e) when (e.Results[0].Error.Code == ErrorCode.UnknownTopicOrPart)
        {
            // Nothing to delete.
        }
    }

    public override Task DeleteRecordsAsync(string topic, int partition, long beforeOffset) =>
        _admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, partition, beforeOffset)]);

    public override Task SetBrokerDownAsync() => throw Cannot("be taken down");

    public override Task SetBrokerUpAsync() => throw Cannot("be brought up");

    public override async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var topic in _made)
            {
                await DeleteTopicAsync(topic);
            }

            _admin.Dispose();
        }
        finally
        {
            Turn.Release();
        }
    }

    private static NotSupportedException Cannot(string what)
    {
        Assert.Skip($"The broker that TOM_TEST_KAFKA names cannot {what} by a test; run without it for the embedded one.");
        return new(what);
    }
}
