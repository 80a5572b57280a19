namespace TomOrleans.Alerts;

/// <summary>Where an order to seek leads.</summary>
public enum SeekTo
{
    /// <summary>The first message the broker still has.</summary>
    Earliest,

    /// <summary>The end: only what arrives from now on.</summary>
    Latest,

    /// <summary>The first message that is not older than a time.</summary>
    Time,

    /// <summary>An offset, the same in each partition.</summary>
    Offset,
}

/// <summary>An order to read a topic from elsewhere.</summary>
/// <param name="Handler">One handler of the topic; null for all.</param>
/// <param name="To">Where to.</param>
/// <param name="Value">Time [us since 1970, UTC] or offset; not used otherwise.</param>
[GenerateSerializer, Immutable, Alias("tom.topic-seek")]
public sealed record TopicSeek([property: Id(0)] string? Handler, [property: Id(1)] SeekTo To, [property: Id(2)] long Value = 0);
