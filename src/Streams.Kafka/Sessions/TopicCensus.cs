namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>What the cluster has of the topics a stream asks for.</summary>
/// <param name="Partitions">Of all matching topics.</param>
/// <param name="Problems">Topic asked for by name, and why it is not there.</param>
internal sealed record TopicCensus(IReadOnlyList<PartitionRef> Partitions, IReadOnlyDictionary<string, string> Problems)
{
    public IReadOnlyList<string> Topics => [.. Partitions.Select(partition => partition.Topic).Distinct().Order(StringComparer.Ordinal)];
}
