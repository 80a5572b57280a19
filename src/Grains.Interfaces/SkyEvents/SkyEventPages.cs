using System.Collections.Immutable;

namespace TomOrleans.SkyEvents;

[GenerateSerializer, Immutable, Alias("tom.sky-event-query")]
public sealed record SkyEventQuery
{
    /// <summary>Topic name with or without its stream: only events with a message of it; null for all.</summary>
    [Id(0)] public string? Topic { get; init; }

    /// <summary>Only events with a message of this time or later [us since 1970, UTC]; null for all.</summary>
    [Id(1)] public long? SinceMicroseconds { get; init; }

    /// <summary>Part of the id, a name, the title or the text of the latest version, whatever the case; null for all.</summary>
    [Id(2)] public string? Text { get; init; }
    [Id(3)] public int Limit { get; init; } = 100;
    [Id(4)] public int Offset { get; init; }

    /// <summary>Null for all.</summary>
    [Id(5)] public SkyEventKind? Kind { get; init; }

    /// <summary>Name or alias of a target: only events that it is linked with, of the newest 200; null for all. For an unknown one <see cref="TomFault.NotFound"/>.</summary>
    [Id(6)] public string? Target { get; init; }
}

/// <param name="Total">How many the query fits.</param>
/// <param name="Events">Newest first.</param>
[GenerateSerializer, Immutable, Alias("tom.sky-event-page")]
public sealed record SkyEventPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<SkyEvent> Events);

/// <summary>An event with all that is known of it, and one version's text.</summary>
[GenerateSerializer, Immutable, Alias("tom.sky-event-detail")]
public sealed record SkyEventDetail
{
    [Id(0)] public required SkyEvent Event { get; init; }

    /// <summary>The version that was asked for.</summary>
    [Id(1)] public required SkyEventVersion Version { get; init; }

    /// <summary>Its text: a circular's body, a notice for a person to read (JSON indented, sky maps shortened). From outside: to be escaped wherever it is shown.</summary>
    [Id(2)] public required string Text { get; init; }

    /// <summary>All versions by number.</summary>
    [Id(3)] public required ImmutableArray<SkyEventVersion> Versions { get; init; }

    /// <summary>Targets that it names, or that lie where it was; found when asked for, so that a target of today is linked with an event of last week.</summary>
    [Id(4)] public ImmutableArray<SkyEventTarget> Targets { get; init; } = [];

    /// <summary>Other events of the same name, newest first.</summary>
    [Id(5)] public ImmutableArray<SkyEvent> Related { get; init; } = [];

    /// <summary>True where its error circle is too wide to link targets by position.</summary>
    [Id(6)] public bool IsTooWide { get; init; }
}

/// <summary>A target that an event has to do with.</summary>
/// <param name="Target">Its main name.</param>
/// <param name="Name">The event's words that are a name of the target; null where it is linked by position alone.</param>
/// <param name="SeparationDegrees">From the event's position [deg]; null where it is linked by name alone.</param>
[GenerateSerializer, Immutable, Alias("tom.sky-event-target")]
public sealed record SkyEventTarget([property: Id(0)] string Target, [property: Id(1)] string? Name, [property: Id(2)] double? SeparationDegrees);

/// <summary>An event that a target has to do with; the names as in <see cref="SkyEventTarget"/>.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-sky-event")]
public sealed record TargetSkyEvent([property: Id(0)] SkyEvent Event, [property: Id(1)] string? Name, [property: Id(2)] double? SeparationDegrees);
