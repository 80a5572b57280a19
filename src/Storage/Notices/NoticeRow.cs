namespace TomOrleans.Storage.Notices;

/// <summary>A thing that is or was wrong.</summary>
public sealed record NoticeRow
{
    /// <summary>0 before it is stored.</summary>
    public long Id { get; init; }
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required int Level { get; init; }
    public required string Text { get; init; }
    public required long Count { get; init; }

    /// <summary>Grows whenever it gets worse.</summary>
    public required long Mark { get; init; }
    public required long SinceMicroseconds { get; init; }
    public required long LastMicroseconds { get; init; }

    /// <summary>Null while it is open.</summary>
    public long? EndedMicroseconds { get; init; }

    /// <summary>Null where nobody has seen it since it got worse.</summary>
    public long? SeenMicroseconds { get; init; }
    public string? SeenBy { get; init; }

    /// <summary>The largest mark that somebody has seen; stays when it gets worse.</summary>
    public long SeenMark { get; init; }

    /// <summary>When the webhook was told of it the last time; null for never.</summary>
    public long? ToldMicroseconds { get; init; }
    public long ToldMark { get; init; }
    public bool WasToldOpen { get; init; }
}
