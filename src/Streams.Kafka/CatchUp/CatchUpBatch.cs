namespace TomOrleans.Streams.Kafka;

/// <summary>What a catch-up read found.</summary>
/// <param name="Records">In offset order; empty at the end of the partition and where the broker does not have the offset asked for.</param>
/// <param name="NextOffset">
/// Where reading goes on. At the end of the partition its end offset, which can lie beyond the last record; the offset asked for where the broker does not have it.
/// </param>
/// <param name="LowOffset">Where the broker does not have the offset asked for (too old, or beyond the end): the first one it has. -1 otherwise.</param>
public sealed record CatchUpBatch(IReadOnlyList<StreamRecord> Records, long NextOffset, long LowOffset);
