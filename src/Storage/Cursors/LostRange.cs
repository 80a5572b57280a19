namespace TomOrleans.Storage.Cursors;

/// <summary>Messages that a handler never saw.</summary>
/// <param name="First">The offset where it stood.</param>
/// <param name="Last">The last one that the broker had thrown away; null where the topic was deleted and made again: nobody knows how many there were.</param>
/// <param name="NotedMicroseconds">When that was found [us since 1970, UTC].</param>
public sealed record NewLostRange(long First, long? Last, long NotedMicroseconds);

/// <summary>The same as it is stored, with whose messages they were.</summary>
public sealed record LostRangeRow(CursorKey Key, NewLostRange Range);
