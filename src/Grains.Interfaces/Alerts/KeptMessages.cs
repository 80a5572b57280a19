using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Alerts;

[GenerateSerializer, Immutable, Alias("tom.message-query")]
public sealed record MessageQuery
{
    /// <summary>Topic name with or without its stream; null for all.</summary>
    [Id(0)] public string? Topic { get; init; }

    /// <summary>Only messages whose own time is this or later [us since 1970, UTC]; null for all.</summary>
    [Id(1)] public long? SinceMicroseconds { get; init; }

    /// <summary>The first ones kept after the message with this <see cref="KeptMessage.Number"/>; null for the newest of all.</summary>
    [Id(2)] public long? After { get; init; }
    [Id(3)] public int Limit { get; init; } = 100;

    /// <summary>The last ones kept before the message with this <see cref="KeptMessage.Number"/>; null for all.</summary>
    [Id(4)] public long? Before { get; init; }
}

/// <param name="Messages">In the order of keeping.</param>
/// <param name="Keeps">False where no topic that was asked for has its messages kept now.</param>
[GenerateSerializer, Immutable, Alias("tom.message-page")]
public sealed record MessagePage([property: Id(0)] ImmutableArray<KeptMessage> Messages, [property: Id(1)] bool Keeps);

/// <summary>A message of the log.</summary>
[GenerateSerializer, Immutable, Alias("tom.kept-message")]
public sealed record KeptMessage
{
    /// <summary>Grows with the order of keeping. Of two silos' messages of the same moment the higher one may be seen first.</summary>
    [Id(0)] public required long Number { get; init; }
    [Id(1)] public required MessageLocation Location { get; init; }

    /// <summary>The record's own time [us since 1970, UTC].</summary>
    [Id(2)] public required long TimestampMicroseconds { get; init; }

    /// <summary>When it was read [us since 1970, UTC].</summary>
    [Id(3)] public required long KeptMicroseconds { get; init; }
    [Id(4)] public Guid? MessageId { get; init; }
    [Id(5)] public string? Sender { get; init; }
    [Id(6)] public required AlertFormat Format { get; init; }

    /// <summary>What it is about, or how it begins; null where it says nothing so short.</summary>
    [Id(7)] public string? Title { get; init; }

    /// <summary>The value as it came [bytes].</summary>
    [Id(8)] public required int Size { get; init; }

    /// <summary>True when a <c>_test</c> header is present.</summary>
    [Id(9)] public bool IsTest { get; init; }
}

/// <summary>A kept message with all that is known of it.</summary>
[GenerateSerializer, Immutable, Alias("tom.message-detail")]
public sealed record MessageDetail
{
    [Id(0)] public required KeptMessage Message { get; init; }

    /// <summary>In wire order; names may repeat.</summary>
    [Id(1)] public required ImmutableArray<ParkedHeader> Headers { get; init; }

    /// <summary>The record's key for a person to read, as a header's value; null where it has none.</summary>
    [Id(2)] public string? Key { get; init; }

    /// <summary>The record's value as it came.</summary>
    [Id(3)] public required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>The value for a person to read, as in <see cref="ParkedDetail.Text"/>; null where it is empty.</summary>
    [Id(4)] public string? Text { get; init; }

    /// <summary>What it says about targets and photometry, as decoded now; null where that is nothing.</summary>
    [Id(5)] public PhotometryReport? Report { get; init; }

    /// <summary>Why it could not be decoded; null when it could.</summary>
    [Id(6)] public string? Fault { get; init; }

    /// <summary>With each handler of its topic.</summary>
    [Id(7)] public required ImmutableArray<MessageFate> Fates { get; init; }

    /// <summary>The stored points that came with it first, or for which it is the latest that states them.</summary>
    [Id(8)] public ImmutableArray<CausedPoint> Points { get; init; } = [];

    /// <summary>The events on the sky that have a version of it.</summary>
    [Id(9)] public ImmutableArray<CausedSkyEvent> SkyEvents { get; init; } = [];

    /// <summary>The stored spectra that came with it first.</summary>
    [Id(10)] public ImmutableArray<CausedSpectrum> Spectra { get; init; } = [];
}

/// <summary>How a message stands with one handler.</summary>
/// <param name="Handler">Its id in the topic.</param>
/// <param name="State">
/// <c>done</c> (handled or ignored: which of the two is counted, but not kept for each message), <c>not yet</c>, <c>parked</c>, <c>retrying</c>, <c>handled</c> (after it had been
/// parked) or <c>dropped</c>.
/// </param>
/// <param name="ParkedId">Where it is, or was, parked; null otherwise.</param>
/// <param name="Reason">Why it is, or was, parked; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("tom.message-fate")]
public sealed record MessageFate(
    [property: Id(0)] string Handler, [property: Id(1)] string State, [property: Id(2)] long? ParkedId = null, [property: Id(3)] string? Reason = null);

/// <summary>A stored point and its target.</summary>
[GenerateSerializer, Immutable, Alias("tom.caused-point")]
public sealed record CausedPoint([property: Id(0)] string Target, [property: Id(1)] PhotometryPoint Point);

/// <summary>A stored spectrum, without its numbers, and its target.</summary>
[GenerateSerializer, Immutable, Alias("tom.caused-spectrum")]
public sealed record CausedSpectrum([property: Id(0)] string Target, [property: Id(1)] SpectrumHead Spectrum);

/// <summary>A version of an event on the sky.</summary>
/// <param name="Event">The event's id.</param>
/// <param name="Version">The version's number.</param>
[GenerateSerializer, Immutable, Alias("tom.caused-sky-event")]
public sealed record CausedSkyEvent([property: Id(0)] string Event, [property: Id(1)] int Version);
