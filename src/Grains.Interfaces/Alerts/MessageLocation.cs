namespace TomOrleans.Alerts;

/// <summary>Where a message stands in Kafka: the identity every message has, whatever its format. As text <c>stream/topic/partition/offset</c>.</summary>
[GenerateSerializer, Immutable, Alias("tom.message-location")]
public sealed record MessageLocation(
    [property: Id(0)] string Stream,
    [property: Id(1)] string Topic,
    [property: Id(2)] int Partition,
    [property: Id(3)] long Offset)
{
    public override string ToString() => $"{Stream}/{Topic}/{Partition}/{Offset}";
}

/// <summary>One header of a Kafka record. Names may repeat; the order is the wire's.</summary>
[GenerateSerializer, Immutable, Alias("tom.message-header")]
public readonly record struct MessageHeader([property: Id(0)] string Name, [property: Id(1)] ReadOnlyMemory<byte> Value);
