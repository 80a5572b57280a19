namespace TomOrleans.Sandbox.Hermes.Archive;

/// <summary>What is asked of the archive. Times are [ms since 1970, UTC], both bounds included.</summary>
internal sealed record ArchiveQuery
{
    public IReadOnlyList<string> Topics { get; init; } = [];

    public long? Start { get; init; }

    public long? End { get; init; }

    public string? Search { get; init; }

    public bool IncludeRetracted { get; init; }

    public int Limit { get; init; } = 10;

    /// <summary>How many to pass over.</summary>
    public int Skip { get; init; }
}
