using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>Which messages are to go through which handler again.</summary>
[GenerateSerializer, Immutable, Alias("tom.replay-request")]
public sealed record ReplayRequest
{
    /// <summary>Topic name with its stream, or without where only one stream has it.</summary>
    [Id(0)] public required string Topic { get; init; }
    [Id(1)] public required string Handler { get; init; }

    /// <summary><see cref="SeekTo.Earliest"/>, a time, or an offset, the same in each partition. Its handler does not count.</summary>
    [Id(2)] public required TopicSeek From { get; init; }

    /// <summary>A time or an offset that is not reached any more; null for all there is now.</summary>
    [Id(3)] public TopicSeek? To { get; init; }

    /// <summary>Change nothing, and tell what would change.</summary>
    [Id(4)] public bool Shadow { get; init; }

    /// <summary>For a shadow replay: the handler's options (<c>CREATE_TARGETS</c>, <c>IGNORE_TEST</c>) as they would be, each as text.</summary>
    [Id(5)] public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A replay and how far it is.</summary>
[GenerateSerializer, Immutable, Alias("tom.replay")]
public sealed record Replay
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required TopicName Topic { get; init; }
    [Id(2)] public required string Handler { get; init; }
    [Id(3)] public required bool Shadow { get; init; }

    /// <summary><c>log</c>, <c>kafka</c> or, where the log is not kept any more, <c>log and kafka</c>.</summary>
    [Id(4)] public required string Source { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>waiting: reason</c>, <c>done</c>, <c>cancelled</c> or <c>failed: reason</c>.</summary>
    [Id(5)] public required string State { get; init; }

    /// <summary>Offsets that it covers, over all partitions: about the messages there are.</summary>
    [Id(6)] public required long Total { get; init; }

    /// <summary>How many of those are behind it.</summary>
    [Id(7)] public required long Passed { get; init; }

    /// <summary>Messages given to the handler, and their fates; a shadow replay has them in <see cref="Report"/>.</summary>
    [Id(8)] public required Books Books { get; init; }

    [Id(9)] public required string CreatedBy { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(10)] public required long CreatedMicroseconds { get; init; }

    /// <summary>[us since 1970, UTC]; null while it runs.</summary>
    [Id(11)] public long? EndedMicroseconds { get; init; }

    /// <summary>What would change; null but for a shadow replay.</summary>
    [Id(12)] public ShadowReport? Report { get; init; }

    /// <summary>Only messages about these targets, which came after them, are gone through; empty for all messages.</summary>
    [Id(13)] public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>True when nothing more happens.</summary>
    public bool HasEnded => EndedMicroseconds is not null;
}

/// <summary>What messages would change, counted against what is stored now. A message is counted once: as parked, else as what the most telling of its points would be.</summary>
[GenerateSerializer, Immutable, Alias("tom.shadow-report")]
public sealed record ShadowReport
{
    [Id(0)] public long Messages { get; init; }

    /// <summary>Messages with a point that is not stored.</summary>
    [Id(1)] public long New { get; init; }

    /// <summary>Messages that state other values of stored points.</summary>
    [Id(2)] public long Revision { get; init; }

    /// <summary>Messages of which everything is stored already.</summary>
    [Id(3)] public long Known { get; init; }
    [Id(4)] public long Ignored { get; init; }
    [Id(5)] public long Parked { get; init; }

    [Id(6)] public long NewPoints { get; init; }
    [Id(7)] public long RevisedPoints { get; init; }
    [Id(8)] public long KnownPoints { get; init; }

    /// <summary>Targets that would be made.</summary>
    [Id(9)] public long NewTargets { get; init; }

    /// <summary>Targets that points would go to, the new ones included.</summary>
    [Id(10)] public long TargetCount { get; init; }

    /// <summary>Of those the hundred that most would change for.</summary>
    [Id(11)] public ImmutableArray<ShadowTarget> Targets { get; init; } = [];

    /// <summary>Why messages would be ignored or parked, the hundred most frequent reasons.</summary>
    [Id(12)] public ImmutableArray<ShadowReason> Reasons { get; init; } = [];

    /// <summary>The first hundred messages that would change something or be parked.</summary>
    [Id(13)] public ImmutableArray<ShadowMessage> Changes { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("tom.shadow-target")]
public sealed record ShadowTarget(
    [property: Id(0)] string Name, [property: Id(1)] bool IsNew, [property: Id(2)] long NewPoints, [property: Id(3)] long RevisedPoints, [property: Id(4)] long KnownPoints);

/// <param name="Outcome"><c>ignored</c> or <c>parked</c>.</param>
/// <param name="Reason">One line.</param>
/// <param name="Messages">How many.</param>
[GenerateSerializer, Immutable, Alias("tom.shadow-reason")]
public sealed record ShadowReason([property: Id(0)] string Outcome, [property: Id(1)] string Reason, [property: Id(2)] long Messages);

/// <param name="Location">Which.</param>
/// <param name="Outcome"><c>new</c>, <c>revision</c> or <c>parked</c>.</param>
/// <param name="Detail">One line.</param>
[GenerateSerializer, Immutable, Alias("tom.shadow-message")]
public sealed record ShadowMessage([property: Id(0)] MessageLocation Location, [property: Id(1)] string Outcome, [property: Id(2)] string Detail);
