using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>Which parked messages are meant: those with the ids, or all that wait and fit the filter. Neither or both is <see cref="TomFault.Invalid"/>.</summary>
[GenerateSerializer, Immutable, Alias("tom.parked-selection")]
public sealed record ParkedSelection
{
    [Id(0)] public ImmutableArray<long> Ids { get; init; } = [];

    /// <summary>All that wait, of <see cref="Topic"/> and <see cref="Handler"/> where those are given.</summary>
    [Id(1)] public bool All { get; init; }

    /// <summary>Topic name with or without its stream; null for all.</summary>
    [Id(2)] public string? Topic { get; init; }
    [Id(3)] public string? Handler { get; init; }

    /// <summary>Only ids greater than this: where the call before ended.</summary>
    [Id(4)] public long After { get; init; }
}

/// <summary>A parked message, and why something did not happen to it.</summary>
[GenerateSerializer, Immutable, Alias("tom.parked-reason")]
public sealed record ParkedReason([property: Id(0)] long Id, [property: Id(1)] string Reason);

/// <summary>What became of the messages of one call.</summary>
[GenerateSerializer, Immutable, Alias("tom.parked-retried")]
public sealed record ParkedRetried
{
    [Id(0)] public long Handled { get; init; }
    [Id(1)] public long Ignored { get; init; }

    /// <summary>Tried and parked again, with the reason now.</summary>
    [Id(2)] public ImmutableArray<ParkedReason> StillParked { get; init; } = [];

    /// <summary>Not judged: unknown, ended before, tried by somebody else, handler not configured any more, or a fault of ours. They stand as they stood.</summary>
    [Id(3)] public ImmutableArray<ParkedReason> NotTried { get; init; } = [];

    /// <summary>The <see cref="ParkedSelection.After"/> of the next call; null when the selection is done.</summary>
    [Id(4)] public long? Next { get; init; }
}

/// <summary>What became of the messages of one call.</summary>
[GenerateSerializer, Immutable, Alias("tom.parked-dropped")]
public sealed record ParkedDropped
{
    [Id(0)] public long Dropped { get; init; }

    /// <summary>Unknown, ended before, or being tried just now.</summary>
    [Id(1)] public ImmutableArray<ParkedReason> NotDropped { get; init; } = [];

    /// <summary>The <see cref="ParkedSelection.After"/> of the next call; null when the selection is done.</summary>
    [Id(2)] public long? Next { get; init; }
}
