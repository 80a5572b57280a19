namespace TomOrleans.Storage.Sharing.Continuous;

/// <summary>A standing order: every new value of the points of a target, or of the targets of a list, goes to the destination.</summary>
/// <param name="TargetId">The target; 0 for the order of a list.</param>
/// <param name="Destination">Name of the destination.</param>
/// <param name="Topic">Null where the destination has no topics.</param>
/// <param name="CreatedBy">Who ordered it.</param>
/// <param name="CreatedMicroseconds">[us since 1970, UTC]</param>
public sealed record NewContinuous(long TargetId, string Destination, string? Topic, string CreatedBy, long CreatedMicroseconds)
{
    /// <summary>All targets that are in this list when a value comes; 0 for the order of one target.</summary>
    public long ListId { get; init; }
}

public sealed record ContinuousRow
{
    public required long Id { get; init; }
    public required long TargetId { get; init; }

    /// <summary>0 for the order of one target.</summary>
    public required long ListId { get; init; }

    /// <summary>Main name of the target, or of the list; null when it is gone.</summary>
    public required string? Name { get; init; }
    public required string Destination { get; init; }
    public string? Topic { get; init; }
    public required string CreatedBy { get; init; }
    public required long CreatedMicroseconds { get; init; }

    /// <summary>Values that went into shares.</summary>
    public required long Shared { get; init; }

    /// <summary>Values that were not to be shared.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Values that wait for the next share.</summary>
    public required long Waiting { get; init; }
}

/// <summary>What an order was made with.</summary>
/// <param name="Row">The order: the new one, or the one that was there before.</param>
/// <param name="IsNew">False when the target had such an order already: then nothing changed.</param>
/// <param name="Existing">Values that were stored before and wait for the first share now.</param>
public sealed record ContinuousAdded(ContinuousRow Row, bool IsNew, int Existing);

/// <summary>Points of one target that wait for a share of an order.</summary>
/// <param name="ContinuousId">The order.</param>
/// <param name="TargetId">The target.</param>
/// <param name="Destination">The order's destination.</param>
/// <param name="Topic">The order's topic; null for none.</param>
/// <param name="CreatedBy">Who gave the order.</param>
/// <param name="SinceMicroseconds">Since when the first of them waits, by the clock of the silo that stored it.</param>
/// <param name="HasOpenShare">True while an earlier share of the order is still on its way for this target.</param>
public sealed record ContinuousWaiting(long ContinuousId, long TargetId, string Destination, string? Topic, string CreatedBy, long SinceMicroseconds, bool HasOpenShare);

/// <summary>A value that waits, in the order in which it was stored.</summary>
public readonly record struct ContinuousItem(long Id, PointKey Point);

/// <summary>What becomes of values that waited.</summary>
/// <param name="Waiting">Whose they are.</param>
/// <param name="Taken">Those that are shared.</param>
/// <param name="LeftOut">Those that are not.</param>
/// <param name="Share">The share, but for its points; its spectra say which of what is taken are spectra. Null where nothing was taken.</param>
public sealed record ContinuousGathering(ContinuousWaiting Waiting, IReadOnlyList<ContinuousItem> Taken, IReadOnlyList<ContinuousItem> LeftOut, NewShare? Share);
