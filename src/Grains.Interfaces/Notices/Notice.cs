namespace TomOrleans.Notices;

/// <summary>How much a notice matters.</summary>
public enum NoticeLevel
{
    /// <summary>Somebody should look in the next hours.</summary>
    Warning = 1,

    /// <summary>Something does not work, or was lost.</summary>
    Alarm = 2,
}

/// <summary>
/// Something that a person should know: one for each thing that is wrong, however often it happens. It is open until it is over, or, where it cannot be mended any more, until somebody has
/// seen it.
/// </summary>
[GenerateSerializer, Immutable, Alias("tom.notice")]
public sealed record Notice
{
    /// <summary>The same for the same thing, also when it happens again.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary><c>stream</c>, <c>parked</c>, <c>lost</c>, <c>handler</c>, <c>destination</c>, <c>rejected</c>, <c>unconfirmed</c>, <c>retracted</c>, <c>silo</c> or <c>notices</c> (they cannot be sent).</summary>
    [Id(1)] public required string Kind { get; init; }

    /// <summary>What it is about: a stream's ID, <c>stream/topic/handler</c> (<c>*</c> for all of them), a destination, a silo's name.</summary>
    [Id(2)] public required string Subject { get; init; }

    [Id(3)] public required NoticeLevel Level { get; init; }

    /// <summary>One line for a person; may hold what came from outside.</summary>
    [Id(4)] public required string Text { get; init; }

    /// <summary>How many messages or shares; 1 where there is nothing to count.</summary>
    [Id(5)] public required long Count { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(6)] public required long SinceMicroseconds { get; init; }

    /// <summary>When it got worse the last time, or began [us since 1970, UTC].</summary>
    [Id(7)] public required long LastMicroseconds { get; init; }

    /// <summary>When it was over [us since 1970, UTC]; null while it is open.</summary>
    [Id(8)] public long? EndedMicroseconds { get; init; }

    /// <summary>When somebody said that he has seen it, as it is now [us since 1970, UTC]; null when nobody has since it got worse.</summary>
    [Id(9)] public long? SeenMicroseconds { get; init; }

    [Id(10)] public string? SeenBy { get; init; }

    public bool IsOpen => EndedMicroseconds is null;

    /// <summary>Open, and nobody has seen it.</summary>
    public bool IsNew => IsOpen && SeenMicroseconds is null;
}
