using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>What the cluster has of the topics a stream asks for.</summary>
/// <param name="Partitions">Of all matching topics.</param>
/// <param name="Problems">Topic asked for by name, and why it is not there.</param>
internal sealed record TopicCensus(IReadOnlyList<PartitionRef> Partitions, IReadOnlyDictionary<string, string> Problems)
{
    public IReadOnlyList<string> Topics => [.. Partitions.Select(partition => partition.Topic).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A topic's error as a line for a person.</summary>
    public static string Explain(string topic, Error error) => error.Code switch
    {
        ErrorCode.TopicAuthorizationFailed => $"topic {topic} is forbidden to this user, or absent",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic => $"topic {topic} does not exist",
        _ => $"topic {topic}: {KafkaFault.Clean(error.Reason)}",
    };
}
