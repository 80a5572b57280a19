using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Bench.Load;

/// <summary>A topic full of simulated messages, and what is in it.</summary>
internal sealed record LoadTopic
{
    public required string Name { get; init; }

    public required int Partitions { get; init; }

    public required long Messages { get; init; }

    /// <summary>Photometry rows of all messages.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that are different measurements.</summary>
    public required long Points { get; init; }

    /// <summary>Values of all messages. [bytes]</summary>
    public required long ValueBytes { get; init; }

    public required IReadOnlyList<SkyTarget> Targets { get; init; }

    public override string ToString() =>
        $"{Messages:N0} messages of {ValueBytes / Messages:N0} bytes and 5 headers, {Rows:N0} photometry rows, {Targets.Count:N0} targets, {Partitions} partitions, lz4";
}
