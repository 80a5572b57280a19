namespace TomOrleans.Integration.Tests.Support;

/// <summary>
/// The Kafka that a fault test breaks things at: an embedded one in a process of its own, or, where <c>TOM_TEST_KAFKA</c> names one, a real one, as far as its rights go. What a given
/// broker cannot be made to do skips the test with the reason.
/// </summary>
public abstract class FaultBroker : IAsyncDisposable
{
    public static string? Given { get; } = Environment.GetEnvironmentVariable("TOM_TEST_KAFKA") is { Length: > 0 } servers ? servers : null;

    public abstract string BootstrapServers { get; }

    /// <summary>A given broker is for one test at a time: its topics have the same names.</summary>
    public static async Task<FaultBroker> StartAsync() => Given is { } servers ? await GivenKafka.TakeAsync(servers) : await KafkaProcess.StartAsync();

    /// <summary>An empty topic: one that is there already goes first.</summary>
    public abstract Task CreateTopicAsync(string name, int partitions);

    public abstract Task DeleteTopicAsync(string name);

    /// <summary>Drops what is before the offset, as a broker's retention does.</summary>
    public abstract Task DeleteRecordsAsync(string topic, int partition, long beforeOffset);

    /// <summary>Closes the port and all connections; topics and messages stay.</summary>
    public abstract Task SetBrokerDownAsync();

    public abstract Task SetBrokerUpAsync();

    public abstract ValueTask DisposeAsync();
}
