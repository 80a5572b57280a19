using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Storage.Cursors;

public sealed record CursorKey(string Stream, string Topic, int Partition, string Handler);

/// <summary>How far one handler got in one partition, with its books. Counters only ever move by increments in the transaction of their cause.</summary>
public sealed record CursorRow
{
    public required CursorKey Key { get; init; }
    public required long NextOffset { get; init; }

    /// <summary>Grows by one with each claim; a move of an earlier owner fails.</summary>
    public required long OwnerEpoch { get; init; }
    public required string Owner { get; init; }

    /// <summary>The broker the offset belongs to; null when unknown.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The topic the offset belongs to, as its broker names it; null when unknown.</summary>
    public string? TopicId { get; init; }

    /// <summary>Time of the message just before the offset [us since 1970, UTC]; null when unknown.</summary>
    public long? LastMicroseconds { get; init; }
    public required long Consumed { get; init; }
    public required long Handled { get; init; }
    public required long Ignored { get; init; }
    public required long Parked { get; init; }
    public required long Dropped { get; init; }
    public required long Lost { get; init; }

    /// <summary>The last order to seek that this cursor followed, or when it was made [us since 1970, UTC].</summary>
    public long SeekMicroseconds { get; init; }
}

/// <summary>
/// A claim: makes the row at <paramref name="StartOffset"/> if there is none, else raises its epoch and keeps its offset, unless it belongs to another cluster or another
/// topic of that name (both known and different): then it goes to <paramref name="StartOffset"/>.
/// </summary>
public sealed record CursorClaim(CursorKey Key, string Owner, long StartOffset, string? ClusterId, string? TopicId = null);

/// <summary>
/// A move from <paramref name="ExpectedOffset"/> to <paramref name="NextOffset"/>, with the increments of the books and the messages parked on the way, all in one transaction:
/// done whole if epoch and offset are as expected, else not at all. <paramref name="LastMicroseconds"/> is the time of the message just before <paramref name="NextOffset"/>, null when
/// unknown.
/// </summary>
public sealed record CursorMove(
    CursorKey Key,
    long OwnerEpoch,
    long ExpectedOffset,
    long NextOffset,
    long Consumed,
    long Handled,
    long Ignored,
    long Lost,
    IReadOnlyList<NewParked> Parked,
    long? LastMicroseconds = null)
{
    /// <summary>Messages for the log, in offset order; they take the place of those kept before between the first and the last of them.</summary>
    public IReadOnlyList<NewMessage> Kept { get; init; } = [];

    /// <summary>What was lost on the way; null for nothing.</summary>
    public NewLostRange? LostRange { get; init; }
}
