namespace TomOrleans.Alerts;

/// <summary>
/// A Kafka topic of one stream; as text <c>stream/topic</c>, the key of its <see cref="ITopicGrain"/>.
/// Neither part can hold a slash: stream IDs are checked by the configuration, topic names by Kafka (<c>[A-Za-z0-9._-]{1,249}</c>).
/// </summary>
[GenerateSerializer, Immutable, Alias("tom.topic-name")]
public readonly record struct TopicName([property: Id(0)] string Stream, [property: Id(1)] string Topic)
{
    public override string ToString() => $"{Stream}/{Topic}";

    /// <summary>Reads <c>stream/topic</c>. Throws <see cref="FormatException"/> for anything else.</summary>
    public static TopicName Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1 && text.IndexOf('/', slash + 1) < 0
            ? new(text[..slash], text[(slash + 1)..])
            : throw new FormatException($"'{text}' is not a topic name of the form stream/topic.");
    }
}

/// <summary>One partition of a topic; as text <c>stream/topic/partition</c>, the key of its worker.</summary>
[GenerateSerializer, Immutable, Alias("tom.topic-partition")]
public readonly record struct TopicPartitionName([property: Id(0)] TopicName Topic, [property: Id(1)] int Partition)
{
    public override string ToString() => $"{Topic}/{Partition}";

    /// <summary>Reads <c>stream/topic/partition</c>. Throws <see cref="FormatException"/> for anything else.</summary>
    public static TopicPartitionName Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash > 0 && int.TryParse(text.AsSpan(slash + 1), out var partition)
            ? new(TopicName.Parse(text[..slash]), partition)
            : throw new FormatException($"'{text}' is not a partition of the form stream/topic/partition.");
    }
}

/// <summary>Where a handler of one partition lives; as text <c>stream/topic/partition/handler</c>, the key of its grain.</summary>
[GenerateSerializer, Immutable, Alias("tom.handler-key")]
public readonly record struct HandlerKey([property: Id(0)] TopicPartitionName Partition, [property: Id(1)] string Handler)
{
    public override string ToString() => $"{Partition}/{Handler}";

    /// <summary>Reads <c>stream/topic/partition/handler</c>. Throws <see cref="FormatException"/> for anything else.</summary>
    public static HandlerKey Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash > 0 && slash < text.Length - 1
            ? new(TopicPartitionName.Parse(text[..slash]), text[(slash + 1)..])
            : throw new FormatException($"'{text}' is not a handler of the form stream/topic/partition/handler.");
    }
}
