namespace TomOrleans.Storage.SkyEvents;

/// <summary>An event as the latest of its versions tells of it.</summary>
public sealed record SkyEventRow
{
    public required long Id { get; init; }

    /// <summary>Unique, for people: <c>GCN-40001</c>, <c>SWIFT-1193078</c>.</summary>
    public required string Key { get; init; }

    /// <summary>A number of the caller's.</summary>
    public required int Kind { get; init; }
    public required string Title { get; init; }

    /// <summary>A number of the caller's.</summary>
    public required int Type { get; init; }
    public required bool IsTest { get; init; }
    public required int Versions { get; init; }

    /// <summary>Number of the version that is shown: the one whose message is the youngest.</summary>
    public required int Latest { get; init; }

    /// <summary>Time of the oldest message [us since 1970, UTC].</summary>
    public required long FirstMicroseconds { get; init; }

    /// <summary>Time of the youngest message [us since 1970, UTC].</summary>
    public required long LastMicroseconds { get; init; }

    /// <summary>When it was seen in the sky [us since 1970, UTC]; null when nobody says.</summary>
    public long? EventMicroseconds { get; init; }

    /// <summary>From the latest version that has one; null when none has.</summary>
    public SkyEventPlace? Place { get; init; }

    /// <summary>The names that it states, its own ids left out.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <param name="RightAscension">[deg, J2000]</param>
/// <param name="Declination">[deg, J2000]</param>
/// <param name="ErrorDegrees">Radius [deg]; null when none is stated.</param>
/// <param name="Containment">The probability within the radius; null when none is stated.</param>
public sealed record SkyEventPlace(double RightAscension, double Declination, double? ErrorDegrees = null, double? Containment = null);

/// <summary>What an event is found by.</summary>
/// <param name="Name">As given.</param>
/// <param name="Normalised">As names of targets are compared.</param>
/// <param name="Rank">One of <see cref="SkyEventNameRank"/>.</param>
public readonly record struct SkyEventName(string Name, string Normalised, int Rank);

/// <summary>How much a name says. The numbers are stored.</summary>
public static class SkyEventNameRank
{
    /// <summary>The event's own.</summary>
    public const int Id = 0;

    /// <summary>Stated as what the event is about.</summary>
    public const int Stated = 1;

    /// <summary>Words of the subject, which are a name only where somebody has an object of that name.</summary>
    public const int Words = 2;
}

/// <summary>The message that something was read from.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">In its partition.</param>
/// <param name="TimeMicroseconds">The message's own time [us since 1970, UTC].</param>
/// <param name="MessageId">The hop <c>_id</c>; null when it had none.</param>
public sealed record SkyEventSource(string Stream, string Topic, int Partition, long Offset, long TimeMicroseconds, Guid? MessageId)
{
    internal bool IsAt(SkyEventSource other) =>
        (Stream, Topic, Partition, Offset) == (other.Stream, other.Topic, other.Partition, other.Offset);
}

/// <summary>What one message says of an event.</summary>
public sealed record SkyEventContent
{
    /// <summary>Hash of what makes two messages say the same.</summary>
    public required Guid Hash { get; init; }

    /// <summary>The version's own number or name, where the sender gives one: then equal content with another one is another version.</summary>
    public string? Stated { get; init; }

    /// <summary>What kind of message said it.</summary>
    public required string Source { get; init; }
    public required string Title { get; init; }
    public required int Type { get; init; }
    public required bool IsTest { get; init; }
    public string? Submitter { get; init; }

    /// <summary>When it was written, as stated [us since 1970, UTC].</summary>
    public long? IssuedMicroseconds { get; init; }
    public long? EventMicroseconds { get; init; }
    public SkyEventPlace? Place { get; init; }
    public string? Ivorn { get; init; }
    public required string Body { get; init; }
}

/// <summary>A version of an event to be kept, if it is none yet.</summary>
public sealed record NewSkyEventVersion
{
    public required string Key { get; init; }
    public required int Kind { get; init; }
    public required IReadOnlyList<SkyEventName> Names { get; init; }

    /// <summary>The names of the latest version alone count, not those of all.</summary>
    public bool ReplacesNames { get; init; }

    /// <summary>People edit it, and may edit it back: what an earlier version said, said again by a younger message, is another version. Else equal content is the same message however often it comes.</summary>
    public bool MayReturn { get; init; }

    /// <summary>For one whose key says nothing of its event: it belongs to the event that has a version with one of these ivorns.</summary>
    public IReadOnlyList<string> Cites { get; init; } = [];
    public required SkyEventContent Content { get; init; }
    public required SkyEventSource Message { get; init; }
}

/// <summary>A kept version.</summary>
public sealed record SkyEventVersionRow(int Number, SkyEventContent Content, SkyEventSource Message);

/// <summary>What became of a version that was to be kept.</summary>
public enum SkyEventFate
{
    /// <summary>The first of a new event.</summary>
    NewEvent,

    /// <summary>One more of an event.</summary>
    NewVersion,

    /// <summary>Another message has said the same.</summary>
    Known,

    /// <summary>This very message was kept before.</summary>
    Again,
}

/// <summary>Which events to list, newest first.</summary>
/// <param name="Stream">Null for all.</param>
/// <param name="Topic">Null for all.</param>
/// <param name="SinceMicroseconds">Only those with a message of this time or later [us since 1970, UTC]; null for all.</param>
/// <param name="Text">Part of the id, a name, or the latest version's title or body, in lower case; null for all.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Offset">Leave out so many first.</param>
public sealed record SkyEventListQuery(string? Stream, string? Topic, long? SinceMicroseconds, string? Text, int Limit, int Offset)
{
    /// <summary>Null for all.</summary>
    public int? Kind { get; init; }

    /// <summary>Only these; null for all.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }
}
