namespace TomOrleans.Storage.Sharing.Audit;

/// <summary>Who orders something, and when [us since 1970, UTC].</summary>
public readonly record struct OrderedBy(string Who, long AtMicroseconds);

/// <summary>The orders that are noted.</summary>
public static class OrderKinds
{
    /// <summary>Points or a message went into the outbox. Stands with the share itself.</summary>
    public const string Share = "share";
    public const string Retry = "retry";
    public const string RetryAnyway = "retry anyway";
    public const string Cancel = "cancel";
    public const string Retract = "retract";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string ContinuousAdd = "continuous add";
    public const string ContinuousRemove = "continuous remove";
}

/// <summary>Something that somebody did about sharing.</summary>
/// <param name="AtMicroseconds">[us since 1970, UTC]</param>
/// <param name="Kind">One of <see cref="OrderKinds"/>.</param>
/// <param name="Who">Name of the caller's token; of a continuous share, its owner and number.</param>
/// <param name="Destination">Where to.</param>
/// <param name="Topic">Null for none.</param>
/// <param name="ShareId">The share; null where it is about none.</param>
/// <param name="TargetName">What is shared, as it was called then; empty for a destination as a whole.</param>
/// <param name="Points">Points of the share.</param>
/// <param name="Spectra">Spectra of the share.</param>
/// <param name="Detail">A share's title, a retraction's receipt; may be empty.</param>
/// <param name="State">How the share stands now; null where it is about none.</param>
public sealed record AuditRow(
    long AtMicroseconds, string Kind, string Who, string Destination, string? Topic, long? ShareId, string TargetName, int Points, int Spectra, string Detail, int? State);

/// <summary>Which of them.</summary>
/// <param name="SinceMicroseconds">Not older than this; null for all.</param>
/// <param name="Destination">Null for all.</param>
/// <param name="TargetId">Only about this target; null for all.</param>
/// <param name="TargetNames">Its names, by which orders are known that are about no share.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Offset">Leaves out so many.</param>
public sealed record AuditQuery(long? SinceMicroseconds, string? Destination, long? TargetId, IReadOnlyList<string> TargetNames, int Limit, int Offset);
