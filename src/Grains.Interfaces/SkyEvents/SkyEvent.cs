using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.SkyEvents;

/// <summary>What an event was told of by. The numbers are stored: add, never renumber.</summary>
public enum SkyEventKind
{
    /// <summary>A GCN circular, by its number.</summary>
    Circular = 1,

    /// <summary>Notices, by mission and the mission's own number of the event.</summary>
    Notice = 2,
}

/// <summary>What a notice says of its event's standing. The numbers are stored: add, never renumber.</summary>
public enum SkyEventType
{
    /// <summary>It does not say; circulars never do.</summary>
    Unstated = 0,
    Initial = 1,
    Update = 2,

    /// <summary>It was no event.</summary>
    Retraction = 3,
}

/// <summary>Something on the sky that circulars or notices tell of, as the latest of its versions does. Not to be mistaken for <see cref="Events.TomEvent"/>, which tells of this TOM.</summary>
[GenerateSerializer, Immutable, Alias("tom.sky-event")]
public sealed record SkyEvent
{
    /// <summary>Unique for ever: <c>GCN-40001</c> for a circular, <c>SWIFT-1193078</c> or <c>LVK-S230518h</c> for notices.</summary>
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required SkyEventKind Kind { get; init; }

    /// <summary>A circular's subject; a notice's kind, event and type. One line.</summary>
    [Id(2)] public required string Title { get; init; }
    [Id(3)] public required SkyEventType Type { get; init; }

    /// <summary>True for what is no real event: tests, drills, mock gravitational waves. Kept only where IGNORE_TEST is off.</summary>
    [Id(4)] public bool IsTest { get; init; }

    /// <summary>How many there are.</summary>
    [Id(5)] public required int Versions { get; init; }

    /// <summary>Number of the one that is told here: the one whose message is the youngest.</summary>
    [Id(6)] public required int Latest { get; init; }

    /// <summary>Time of its oldest message [us since 1970, UTC].</summary>
    [Id(7)] public required long FirstMicroseconds { get; init; }

    /// <summary>Time of its youngest message that said something new [us since 1970, UTC].</summary>
    [Id(8)] public required long LastMicroseconds { get; init; }

    /// <summary>When it was seen in the sky [us since 1970, UTC]; null when nobody says.</summary>
    [Id(9)] public long? EventMicroseconds { get; init; }

    /// <summary>From the latest version that has one; null when none has.</summary>
    [Id(10)] public SkyEventPosition? Position { get; init; }

    /// <summary>What it is named, its own id left out.</summary>
    [Id(11)] public ImmutableArray<string> Names { get; init; } = [];
}

/// <param name="RightAscensionDegrees">[deg, J2000]</param>
/// <param name="DeclinationDegrees">[deg, J2000]</param>
/// <param name="ErrorDegrees">Radius of the error circle, or the larger half axis of the ellipse [deg]; null where none is stated.</param>
/// <param name="Containment">The probability within it, 0 to 1; null where none is stated: it differs from mission to mission.</param>
[GenerateSerializer, Immutable, Alias("tom.sky-event-position")]
public sealed record SkyEventPosition(
    [property: Id(0)] double RightAscensionDegrees,
    [property: Id(1)] double DeclinationDegrees,
    [property: Id(2)] double? ErrorDegrees = null,
    [property: Id(3)] double? Containment = null);

/// <summary>What one message said of an event.</summary>
[GenerateSerializer, Immutable, Alias("tom.sky-event-version")]
public sealed record SkyEventVersion
{
    /// <summary>From 1, in the order of arrival.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>The number that the sender gives it; null where it gives none.</summary>
    [Id(1)] public string? Stated { get; init; }

    /// <summary>What kind of message said it: <c>circular</c>, or a notice's kind in its form's own words.</summary>
    [Id(2)] public required string Source { get; init; }
    [Id(3)] public required string Title { get; init; }
    [Id(4)] public required SkyEventType Type { get; init; }
    [Id(5)] public bool IsTest { get; init; }

    /// <summary>Name and address of a circular's author; null for notices.</summary>
    [Id(6)] public string? Submitter { get; init; }

    /// <summary>When it was written, as stated [us since 1970, UTC]; for circulars that of the first version.</summary>
    [Id(7)] public long? IssuedMicroseconds { get; init; }

    /// <summary>[us since 1970, UTC]; null where none is stated.</summary>
    [Id(8)] public long? EventMicroseconds { get; init; }
    [Id(9)] public SkyEventPosition? Position { get; init; }

    /// <summary>The VOEvent's own id; null for other forms.</summary>
    [Id(10)] public string? Ivorn { get; init; }

    /// <summary>The first message that said so.</summary>
    [Id(11)] public required MessageLocation Message { get; init; }

    /// <summary>The message's own time [us since 1970, UTC].</summary>
    [Id(12)] public required long MessageMicroseconds { get; init; }

    /// <summary>The hop <c>_id</c>; null when it had none.</summary>
    [Id(13)] public Guid? MessageId { get; init; }
}
