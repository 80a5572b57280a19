using TomOrleans.Storage.Cursors;

namespace TomOrleans.Storage.Parked;

/// <summary>A message to be set aside for one handler. <paramref name="Headers"/> is an encoding of the caller's.</summary>
public sealed record NewParked(
    long Offset,
    long TimeMicroseconds,
    byte[]? Key,
    byte[] Headers,
    byte[] Value,
    string Reason,
    string FaultsJson,
    int Attempts,
    long ParkedMicroseconds,
    long? NextTryMicroseconds);

public sealed record ParkedRow
{
    public required long Id { get; init; }
    public required CursorKey Handler { get; init; }
    public required NewParked Message { get; init; }

    /// <summary>0 parked (waits for a person), 1 retrying, 2 handled since, 3 dropped.</summary>
    public required int State { get; init; }

    /// <summary>When it was handled since, or dropped [us since 1970, UTC]; null while it waits.</summary>
    public long? EndedMicroseconds { get; init; }
}

public sealed record ParkedListQuery(string? Stream, string? Topic, string? Handler, int Limit, int Offset);
