namespace TomOrleans.Bench.Broker;

/// <summary>The Kafka that a run reads from.</summary>
internal abstract class KafkaBroker : IAsyncDisposable
{
    /// <summary>For people.</summary>
    public abstract string Kind { get; }

    public abstract string BootstrapServers { get; }

    /// <summary>Null: the broker is asked.</summary>
    public abstract string? ClusterId { get; }

    /// <summary>The one that <c>TOM_TEST_KAFKA</c> names, else an embedded one of our own.</summary>
    public static async Task<KafkaBroker> StartAsync() => Environment.GetEnvironmentVariable("TOM_TEST_KAFKA") is { Length: > 0 } given
        ? new GivenBroker(given)
        : await EmbeddedBroker.LaunchAsync();

    public abstract Task CreateTopicAsync(string name, int partitions);

    public abstract ValueTask DisposeAsync();
}
