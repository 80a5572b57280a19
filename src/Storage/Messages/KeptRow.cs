namespace TomOrleans.Storage.Messages;

/// <summary>A message of the log.</summary>
public sealed record KeptRow
{
    /// <summary>Grows with the order of keeping.</summary>
    public required long Id { get; init; }
    public required string Stream { get; init; }
    public required string Topic { get; init; }
    public required int Partition { get; init; }
    public required NewMessage Message { get; init; }
}

/// <summary>What to list of the log.</summary>
/// <param name="Stream">Null for all.</param>
/// <param name="Topic">Null for all.</param>
/// <param name="SinceMicroseconds">Only messages of this time or later [us since 1970, UTC]; null for all.</param>
/// <param name="After">Only messages kept after the one with this id, the first ones of them; null for the newest of all.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Before">Only messages kept before the one with this id; null for all.</param>
public sealed record KeptListQuery(string? Stream, string? Topic, long? SinceMicroseconds, long? After, int Limit, long? Before = null);

/// <summary>What a partition takes up in the log.</summary>
public sealed record KeptUse(long CursorId, string Stream, string Topic, int Partition, long Messages, long Bytes);
