using TomOrleans.Alerts;

namespace TomOrleans.Events;

/// <summary>What an event tells of, and so which members of it are set.</summary>
public enum TomEventKind
{
    /// <summary>Messages were handled: <see cref="TomEvent.Topic"/>, <see cref="TomEvent.Handler"/>, how many, and the place of the last one.</summary>
    AlertsHandled,

    /// <summary>Messages were parked: as above, with the reason of the last one as text.</summary>
    MessagesParked,

    /// <summary>A target has new points, or new revisions of known ones: its id, name, and how many.</summary>
    TargetChanged,

    /// <summary>A submission of a share was delivered: the share, its destination, and the receipt as text.</summary>
    ShareDelivered,

    /// <summary>The destination refused a submission of a share, or it could not be built: its words as text.</summary>
    ShareRejected,

    /// <summary>Nobody can say whether a submission of a share arrived: why, as text.</summary>
    ShareUnconfirmed,

    /// <summary>A person stopped a topic, or one handler of it; who, as text.</summary>
    TopicPaused,

    /// <summary>A person lets it go on.</summary>
    TopicResumed,

    /// <summary>A person has it read from elsewhere.</summary>
    TopicSought,
}

/// <summary>
/// Something that happened and is durable. A hint: events of a moment are put together where they tell of the same thing, come a moment later, may come twice or not at all, and are
/// kept nowhere. Who has to know for certain reads the tables' state through the grains when an event tells that it changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("tom.event")]
public sealed record TomEvent
{
    [Id(0)] public required TomEventKind Kind { get; init; }

    /// <summary>When it, or the last of several, happened [us since 1970, UTC].</summary>
    [Id(1)] public required long AtMicroseconds { get; init; }

    /// <summary>How many messages or points; 1 where there is nothing to count.</summary>
    [Id(2)] public required long Count { get; init; }

    [Id(3)] public TopicName? Topic { get; init; }

    /// <summary>The handler's id; null for orders that mean the whole topic.</summary>
    [Id(4)] public string? Handler { get; init; }

    /// <summary>Where the last of the messages lies.</summary>
    [Id(5)] public MessageLocation? Last { get; init; }

    [Id(6)] public long? TargetId { get; init; }

    /// <summary>The target's main name; null where it could not be asked for.</summary>
    [Id(7)] public string? TargetName { get; init; }

    [Id(8)] public long? ShareId { get; init; }

    [Id(9)] public string? Destination { get; init; }

    /// <summary>One line for a person; may hold what came from outside.</summary>
    [Id(10)] public string? Text { get; init; }
}
