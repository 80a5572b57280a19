namespace TomOrleans.Storage.Replays;

/// <summary>How a replay stands. The numbers are stored.</summary>
public static class ReplayState
{
    public const int Running = 0;
    public const int Done = 1;
    public const int Cancelled = 2;
    public const int Failed = 3;
}

/// <summary>A replay to be made. <paramref name="Request"/> and <paramref name="Plan"/> are encodings of the caller's.</summary>
public sealed record NewReplay(string Stream, string Topic, string Handler, bool IsShadow, string Request, string Plan, string CreatedBy, long CreatedMicroseconds);

public sealed record ReplayRow
{
    public required long Id { get; init; }
    public required NewReplay Replay { get; init; }

    /// <summary>One of <see cref="ReplayState"/>.</summary>
    public required int State { get; init; }

    /// <summary>What it waits for, or why it failed; null otherwise.</summary>
    public string? Note { get; init; }

    /// <summary>Sums so far, of a shadow replay; an encoding of the caller's.</summary>
    public string? Report { get; init; }

    /// <summary>[us since 1970, UTC]; null while it runs.</summary>
    public long? EndedMicroseconds { get; init; }

    /// <summary>Who runs it; null when nobody does.</summary>
    public string? Owner { get; init; }
}
