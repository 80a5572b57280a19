using System.Collections.Immutable;

namespace TomOrleans.Sharing;

/// <summary>A share with its parts and every try of them.</summary>
[GenerateSerializer, Immutable, Alias("tom.share-detail")]
public sealed record ShareDetail([property: Id(0)] Share Share, [property: Id(1)] ImmutableArray<SharePart> Parts);

/// <summary>One submission that a share was split into: what is sent never changes.</summary>
[GenerateSerializer, Immutable, Alias("tom.share-part")]
public sealed record SharePart
{
    /// <summary>The key that travels inside what is sent.</summary>
    [Id(0)] public required Guid Key { get; init; }
    [Id(1)] public required ShareState State { get; init; }
    [Id(2)] public string? Receipt { get; init; }
    [Id(3)] public string? LastError { get; init; }
    [Id(4)] public required ImmutableArray<ShareAttempt> Attempts { get; init; }
}

/// <summary>One try.</summary>
[GenerateSerializer, Immutable, Alias("tom.share-attempt")]
public sealed record ShareAttempt
{
    /// <summary>[us since 1970, UTC]</summary>
    [Id(0)] public required long StartedMicroseconds { get; init; }

    /// <summary>[us since 1970, UTC]; null while it is under way, or when the silo that sent it ended.</summary>
    [Id(1)] public long? EndedMicroseconds { get; init; }

    /// <summary>
    /// What became of the part: <see cref="ShareState.Queued"/> means certainly not taken, <see cref="ShareState.Sending"/> that nobody knows yet; null without an end.
    /// </summary>
    [Id(2)] public ShareState? Outcome { get; init; }

    /// <summary>What came back, as it came, at most some kilobytes; or why nothing did. No secret in it.</summary>
    [Id(3)] public string? Answer { get; init; }
}

/// <summary>A message of one's own, in the destination's form.</summary>
/// <param name="Topic">Where it goes; null for the topic that the message itself names.</param>
/// <param name="Text">Hermes: the JSON of a submission.</param>
[GenerateSerializer, Immutable, Alias("tom.own-message")]
public sealed record OwnMessage([property: Id(0)] string? Topic, [property: Id(1)] string Text);

/// <summary>What a destination thinks of what would be sent.</summary>
/// <param name="Preview">What would be sent.</param>
/// <param name="Objections">The destination's words for each message; empty where it would take it.</param>
[GenerateSerializer, Immutable, Alias("tom.share-verdict")]
public sealed record ShareVerdict([property: Id(0)] SharePreview Preview, [property: Id(1)] ImmutableArray<string> Objections);

/// <summary>A form at the destination that was filled in.</summary>
[GenerateSerializer, Immutable, Alias("tom.opened-form")]
public sealed record OpenedForm([property: Id(0)] string Url, [property: Id(1)] int Points, [property: Id(2)] ImmutableArray<string> LeftOut, [property: Id(3)] int Spectra = 0);

/// <summary>What was withdrawn.</summary>
/// <param name="Receipts">What is withdrawn, by the destination's receipts.</param>
/// <param name="Points">Points marked as retracted here.</param>
/// <param name="NotTold">Why the destination could not be told of it, and who must be; null when it was told.</param>
[GenerateSerializer, Immutable, Alias("tom.retracted-share")]
public sealed record RetractedShare([property: Id(0)] ImmutableArray<string> Receipts, [property: Id(1)] int Points, [property: Id(2)] string? NotTold = null);
