using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>
/// The books of one topic and handler. Always <c>Consumed = Handled + Ignored + Parked + Dropped + InFlight</c>; the first five come from counters that move only in the
/// transaction of their cause.
/// </summary>
[GenerateSerializer, Immutable, Alias("tom.books")]
public sealed record Books
{
    /// <summary>Messages read for this handler.</summary>
    [Id(0)] public required long Consumed { get; init; }
    [Id(1)] public required long Handled { get; init; }
    [Id(2)] public required long Ignored { get; init; }
    [Id(3)] public required long Parked { get; init; }
    [Id(4)] public required long Dropped { get; init; }

    /// <summary>Read, no durable fate yet.</summary>
    [Id(5)] public required long InFlight { get; init; }

    /// <summary>Not read yet.</summary>
    [Id(6)] public required long Behind { get; init; }

    /// <summary>Messages that the broker no longer had when we came to read them.</summary>
    [Id(7)] public required long Lost { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.handler-status")]
public sealed record HandlerStatus
{
    [Id(0)] public required string Handler { get; init; }

    /// <summary><c>live</c>, <c>behind</c>, <c>failing: ...</c>, <c>stopped</c> or <c>waiting: ...</c>.</summary>
    [Id(1)] public required string State { get; init; }
    [Id(2)] public required Books Books { get; init; }

    /// <summary>Null when no message had its fate in the last minute.</summary>
    [Id(3)] public HandlerLatency? Latency { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.partition-status")]
public sealed record PartitionStatus
{
    [Id(0)] public required int Partition { get; init; }

    /// <summary>Next offset of the live reader.</summary>
    [Id(1)] public required long Position { get; init; }

    /// <summary>End of the partition minus the slowest cursor.</summary>
    [Id(2)] public required long Lag { get; init; }

    /// <summary>The silo that owns the partition; null when none does just now.</summary>
    [Id(3)] public string? Silo { get; init; }

    /// <summary>Time of the last message read [us since 1970, UTC]; null before the first.</summary>
    [Id(4)] public long? LastMessageMicroseconds { get; init; }

    /// <summary>What the partition waits for; null when it does not.</summary>
    [Id(5)] public string? Waiting { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.topic-status")]
public sealed record TopicStatus
{
    [Id(0)] public required TopicName Name { get; init; }

    /// <summary>Messages read from the topic: the largest of its handlers' counts.</summary>
    [Id(1)] public required long Consumed { get; init; }
    [Id(2)] public required ImmutableArray<PartitionStatus> Partitions { get; init; }
    [Id(3)] public required ImmutableArray<HandlerStatus> Handlers { get; init; }

    /// <summary>Time of the newest message read from any partition [us since 1970, UTC]; null before the first.</summary>
    [Id(4)] public long? LastMessageMicroseconds { get; init; }

    /// <summary>How far apart the last messages were, by their own times, all partitions together [us]; null where that is not known yet.</summary>
    [Id(5)] public long? UsualGapMicroseconds { get; init; }

    /// <summary>Of a topic with the handler <c>heartbeat</c>: <c>beating</c>, <c>silent: reason</c> or <c>failing: reason</c>. Null for others, and while nobody reads it.</summary>
    [Id(6)] public string? Heartbeat { get; init; }
}
