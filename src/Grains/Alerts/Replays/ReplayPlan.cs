using System.Collections.Immutable;
using System.Text.Json;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>What a replay covers, fixed when it was ordered. Stored as JSON.</summary>
/// <param name="FromLog">True for the message log alone, false for Kafka, and before it what <see cref="ReplayPart.LogEnd"/> says.</param>
/// <param name="Parts">By partition.</param>
/// <param name="FromMicroseconds">Messages before this are passed over [us since 1970, UTC].</param>
/// <param name="EndMicroseconds">Messages of this time and later are passed over [us since 1970, UTC].</param>
public sealed record ReplayPlan(bool FromLog, ImmutableArray<ReplayPart> Parts, long FromMicroseconds, long EndMicroseconds)
{
    /// <summary>Only messages about these targets; null for all.</summary>
    public ReplayTargets? Targets { get; init; }

    public long Total => Parts.Sum(part => part.End - part.Start);

    /// <summary>For people: <c>log</c>, <c>kafka</c> or <c>log and kafka</c>.</summary>
    public string Source => FromLog ? "log" : Parts.Any(part => part.LogEnd > part.Start) ? "log and kafka" : "kafka";

    public string ToJson() => JsonSerializer.Serialize(this);

    public static ReplayPlan Parse(string json) => JsonSerializer.Deserialize<ReplayPlan>(json)!;

    /// <summary>Whether a message of this time is meant.</summary>
    public bool Covers(long microseconds) => microseconds >= FromMicroseconds && microseconds < EndMicroseconds;
}

/// <param name="Partition">Which.</param>
/// <param name="Start">First offset.</param>
/// <param name="End">First offset that is not meant any more; never below <paramref name="Start"/>.</param>
public sealed record ReplayPart(int Partition, long Start, long End)
{
    /// <summary>Below this offset it is read from the log although the rest is read from Kafka; 0 where nothing is.</summary>
    public long LogEnd { get; init; }
}
