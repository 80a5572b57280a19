using System.Collections.Immutable;

namespace TomOrleans.Sharing;

/// <summary>Where a share stands. The numbers are stored: add, never renumber.</summary>
public enum ShareState
{
    /// <summary>Waits for its turn or for the next try.</summary>
    Queued = 0,

    /// <summary>Sent; no answer yet.</summary>
    Sending = 1,

    /// <summary>The destination proved that it has it: the receipt.</summary>
    Delivered = 2,

    /// <summary>The destination refused it for good; its words are kept.</summary>
    Rejected = 3,

    /// <summary>Nobody can say whether it arrived; waits for a person.</summary>
    Unconfirmed = 4,

    /// <summary>A person took it back before it was sent.</summary>
    Cancelled = 5,
}

/// <summary>Which measurements of a target are shared.</summary>
public enum ShareData
{
    /// <summary>Points and spectra; where bandpasses are asked for, points alone.</summary>
    All = 0,

    Photometry = 1,

    Spectra = 2,
}

/// <summary>A request to send a target's measurements to a destination.</summary>
[GenerateSerializer, Immutable, Alias("tom.share-request")]
public sealed record ShareRequest
{
    /// <summary>Name or alias of the target.</summary>
    [Id(0)] public required string Target { get; init; }

    /// <summary>Hermes: the topic to publish on. Null where a destination has no topics.</summary>
    [Id(1)] public string? Topic { get; init; }

    /// <summary>Only what was measured at or after this time [us since 1970, UTC]; null for all.</summary>
    [Id(2)] public long? SinceMicroseconds { get; init; }

    /// <summary>Null for the default <c>Updated data for TARGET from TOM_NAME.</c></summary>
    [Id(3)] public string? Title { get; init; }
    [Id(4)] public string? Message { get; init; }

    /// <summary>Null for the destination's DEFAULT_AUTHORS.</summary>
    [Id(5)] public string? Authors { get; init; }

    /// <summary>Null for TOM_NAME.</summary>
    [Id(6)] public string? Submitter { get; init; }

    /// <summary>Names or aliases of further targets, whose measurements go into the same message.</summary>
    [Id(7)] public ImmutableArray<string> MoreTargets { get; init; } = [];

    /// <summary>Only points in these bandpasses, to the letter; empty for all.</summary>
    [Id(8)] public ImmutableArray<string> Bands { get; init; } = [];
    [Id(9)] public ShareData Data { get; init; }

    /// <summary>Ids of data products of the target: these files are shared, and no points and spectra. Other TOMs take them.</summary>
    [Id(10)] public ImmutableArray<long> Products { get; init; } = [];

    /// <summary>Names of lists whose targets are shared: another TOM puts those that are in them on lists of these names. Empty for none.</summary>
    [Id(11)] public ImmutableArray<string> Lists { get; init; } = [];
}

/// <summary>One share with its outcome so far.</summary>
[GenerateSerializer, Immutable, Alias("tom.share")]
public sealed record Share
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required string Destination { get; init; }
    [Id(2)] public string? Topic { get; init; }
    [Id(3)] public required string Target { get; init; }
    [Id(4)] public required string Title { get; init; }
    [Id(5)] public required ShareState State { get; init; }

    /// <summary>Points it carries.</summary>
    [Id(6)] public required int Points { get; init; }

    /// <summary>Submissions it was split into, and how many of them are delivered.</summary>
    [Id(7)] public required int Parts { get; init; }
    [Id(8)] public required int PartsDelivered { get; init; }

    /// <summary>Proofs of delivery, one a delivered part. Hermes: its uuid.</summary>
    [Id(9)] public required ImmutableArray<string> Receipts { get; init; }

    /// <summary>Times it was sent, all parts together.</summary>
    [Id(10)] public required int Attempts { get; init; }

    /// <summary>The last failure in the destination's words or ours, or what is done about a missing answer; null when there was none.</summary>
    [Id(11)] public string? LastError { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(12)] public required long CreatedMicroseconds { get; init; }

    /// <summary>When it is tried next [us since 1970, UTC]; null when it waits for nothing of the kind.</summary>
    [Id(13)] public long? NextTryMicroseconds { get; init; }
    [Id(14)] public required string CreatedBy { get; init; }

    /// <summary>When the destination was told that it is withdrawn [us since 1970, UTC]; null when it is not.</summary>
    [Id(15)] public long? RetractedMicroseconds { get; init; }

    /// <summary>Spectra it carries.</summary>
    [Id(16)] public int Spectra { get; init; }

    /// <summary>Files it carries.</summary>
    [Id(17)] public int Files { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.share-query")]
public sealed record ShareQuery
{
    [Id(0)] public string? Destination { get; init; }
    [Id(1)] public ShareState? State { get; init; }
    [Id(2)] public int Limit { get; init; } = 100;
    [Id(3)] public int Offset { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.share-page")]
public sealed record SharePage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<Share> Shares);

/// <summary>What would be sent, without sending: exact bodies, and what is left out and why.</summary>
[GenerateSerializer, Immutable, Alias("tom.share-preview")]
public sealed record SharePreview(
    [property: Id(0)] string Destination,
    [property: Id(1)] string? Topic,
    [property: Id(2)] ImmutableArray<string> Bodies,
    [property: Id(3)] int Points,
    [property: Id(4)] ImmutableArray<string> LeftOut,
    [property: Id(5)] int Spectra = 0,
    [property: Id(6)] int Files = 0);

/// <summary>How a destination is, in counts of shares.</summary>
[GenerateSerializer, Immutable, Alias("tom.destination-status")]
public sealed record DestinationStatus
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>
    /// <c>ready</c>, <c>sending</c>, <c>looking for what was not answered</c>, <c>backing off: reason</c>, <c>paused by NAME</c>, or, when it paused itself, <c>paused: reason</c>:
    /// then it is asked again by itself, and goes on when it answers.
    /// </summary>
    [Id(1)] public required string State { get; init; }

    /// <summary>Queued or being sent.</summary>
    [Id(2)] public required long Queued { get; init; }
    [Id(3)] public required long Delivered { get; init; }
    [Id(4)] public required long Rejected { get; init; }
    [Id(5)] public required long Unconfirmed { get; init; }
    [Id(6)] public required string DisplayName { get; init; }

    /// <summary><c>hermes</c>, <c>tom</c>, <c>kafka</c> or <c>hopskotch</c>: all but <c>tom</c> publish on a topic.</summary>
    [Id(7)] public required string Kind { get; init; }

    /// <summary>Topics configured for it (USER_TOPICS); empty where any may be named.</summary>
    [Id(8)] public required ImmutableArray<string> Topics { get; init; }

    /// <summary>When something is sent to it again, or it is asked whether it answers [us since 1970, UTC]; null when nothing holds it up.</summary>
    [Id(9)] public long? NextTryMicroseconds { get; init; }
}
