namespace TomOrleans.Storage.Sharing;

/// <summary>A share to be queued with the points it carries. States are numbers that the caller defines; a new share is 0.</summary>
public sealed record NewShare(
    string Destination,
    string? Topic,
    long TargetId,
    string TargetName,
    string Title,
    string RequestJson,
    string CreatedBy,
    long CreatedMicroseconds,
    IReadOnlyList<PointKey> Points)
{
    /// <summary>Spectra that go with the points, after them.</summary>
    public IReadOnlyList<PointKey> Spectra { get; init; } = [];

    /// <summary>Files that go instead; the request says which.</summary>
    public int Files { get; init; }

    /// <summary>The spans that it came of (W3C traceparent, one a line); null where nobody listens.</summary>
    public string? Trace { get; init; }
}

/// <summary>A value of a measurement: of a point, or of a spectrum, whose identities are never the same.</summary>
public readonly record struct PointKey(long TargetId, long Identity, long Content);

public sealed record ShareRow
{
    public required long Id { get; init; }
    public required string Destination { get; init; }
    public string? Topic { get; init; }
    public required long TargetId { get; init; }
    public required string TargetName { get; init; }
    public required string Title { get; init; }
    public required string RequestJson { get; init; }
    public required int State { get; init; }
    public required int Points { get; init; }

    /// <summary>Spectra it carries beside them.</summary>
    public required int Spectra { get; init; }

    /// <summary>Files it carries; the request says which.</summary>
    public required int Files { get; init; }
    public required string CreatedBy { get; init; }
    public required long CreatedMicroseconds { get; init; }

    /// <summary>When it is tried next [us since 1970, UTC]: the earliest of its open parts.</summary>
    public long? DueMicroseconds { get; init; }
    public string? LastError { get; init; }

    /// <summary>The standing order that made it; null for a share that somebody asked for.</summary>
    public long? ContinuousId { get; init; }

    /// <inheritdoc cref="NewShare.Trace"/>
    public string? Trace { get; init; }
    public required IReadOnlyList<SubmissionRow> Submissions { get; init; }
}

/// <summary>What is sent: exact bytes under a key, written before the first try. Never rebuilt.</summary>
public sealed record NewSubmission(Guid Key, int Part, byte[] Body, IReadOnlyList<PointKey> Points);

public sealed record SubmissionRow
{
    public required Guid Key { get; init; }
    public required long ShareId { get; init; }
    public required int Part { get; init; }

    /// <summary>The share's states, for this part.</summary>
    public required int State { get; init; }

    /// <summary>Times it was sent.</summary>
    public required int Attempts { get; init; }
    public required long DueMicroseconds { get; init; }

    /// <summary>When the last try was begun; null before the first. Set and without an outcome: ambiguous.</summary>
    public long? SentMicroseconds { get; init; }
    public string? Receipt { get; init; }
    public string? LastError { get; init; }

    /// <summary>When the destination was told that it is withdrawn; null when it is not.</summary>
    public long? RetractedMicroseconds { get; init; }
}

/// <summary>One try of a submission. What was sent is the submission's body.</summary>
/// <param name="Key">The submission.</param>
/// <param name="StartedMicroseconds">Before the first byte was sent.</param>
/// <param name="EndedMicroseconds">Null while it is under way, or when nobody was there any more to see its end.</param>
/// <param name="Outcome">The submission's state after it; null without an end.</param>
/// <param name="Answer">What came back, as it came, shortened; or why nothing did.</param>
public sealed record AttemptRow(Guid Key, long StartedMicroseconds, long? EndedMicroseconds, int? Outcome, string? Answer);

/// <summary>What the next try needs.</summary>
public sealed record ClaimedSubmission(SubmissionRow Submission, ShareRow Share, byte[] Body);

/// <summary>The end of a try: the new state of the part, and of the share that follows from all its parts (computed in the same transaction).</summary>
public sealed record SubmissionOutcome(Guid Key, string Owner, int State, string? Receipt, string? Error, long? NextDueMicroseconds, long AtMicroseconds)
{
    /// <summary>What came back in this try; null where the outcome is not that of a try.</summary>
    public string? Answer { get; init; }

    /// <summary>How the destination stands after it; null leaves that as it was.</summary>
    public DestinationPace? Pace { get; init; }
}

/// <summary>Failures of a destination in a row, until when it is left alone for them, and the last one.</summary>
public readonly record struct DestinationPace(int Failures, long UntilMicroseconds, string? Reason);

/// <summary>How a destination stands.</summary>
/// <param name="Destination">Its name.</param>
/// <param name="Pace">What its answers come to.</param>
/// <param name="PausedBy">Who ordered that nothing is sent; null when nobody did.</param>
/// <param name="PausedMicroseconds">When.</param>
/// <param name="Sender">The name under which the destination publishes for our account; null while it is not known.</param>
public sealed record DestinationStanding(string Destination, DestinationPace Pace, string? PausedBy, long? PausedMicroseconds, string? Sender);

public sealed record DestinationCounts(string Destination, long Queued, long Delivered, long Rejected, long Unconfirmed);

public sealed record ShareListQuery(string? Destination, int? State, int Limit, int Offset);
