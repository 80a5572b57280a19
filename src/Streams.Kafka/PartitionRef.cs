namespace TomOrleans.Streams.Kafka;

/// <summary>A partition of a Kafka topic.</summary>
public sealed record PartitionRef(string Topic, int Partition)
{
    public override string ToString() => $"{Topic}/{Partition}";
}

/// <summary>What the broker said of a partition just before it is claimed.</summary>
/// <param name="LowOffset">The first offset the broker still has.</param>
/// <param name="HighOffset">The offset the next message will get.</param>
/// <param name="ClusterId">Which cluster it is; null where neither the settings nor the broker say.</param>
/// <param name="TopicId">The topic's id where the broker says it: a topic that was deleted and made again has another one. Null otherwise.</param>
public sealed record PartitionFacts(long LowOffset, long HighOffset, string? ClusterId, string? TopicId = null);
