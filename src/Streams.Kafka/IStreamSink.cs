namespace TomOrleans.Streams.Kafka;

/// <summary>
/// Where a stream's records go and where its cursors live. For one partition the calls never overlap: claim, deliveries one at a time, release.
/// Different partitions are called at the same time.
/// </summary>
public interface IStreamSink
{
    /// <summary>
    /// Called once after the topics were first read and before anything is subscribed; repeated until it succeeds. The sink stores a start offset for each matching partition
    /// it has no cursor for, so that a partition which appears later is told apart and read from its beginning. Called again, with one partition, where the resolver could
    /// not answer for that partition the first time. Repeating is safe by the sink's doing.
    /// </summary>
    Task PrepareAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct);

    /// <summary>
    /// At assignment: where to read from. An exception makes the partition wait visibly and is followed by another try; nothing is read meanwhile.
    /// An offset the broker does not have is moved to the lowest it has, and said so. <see cref="PartitionHeldException"/>: the partition stays ours and unread.
    /// </summary>
    Task<long> ClaimAsync(PartitionRef partition, PartitionFacts facts, CancellationToken ct);

    /// <summary>
    /// Returns when every record of the batch has its durable fate, or is left to a handler that catches up by itself: the offset below which all handlers have their fates, for
    /// Kafka's committed offset (for other tools only; never more than the batch's end is committed, nothing for a negative one). An exception is a fault of ours: the same batch comes again after a pause, for as long as it takes.
    /// <see cref="ClaimLostException"/>: the rest is dropped and the partition claimed again. Cancelled when the partition is lost or the time to stop is over.
    /// </summary>
    Task<long> DeliverAsync(StreamBatch batch, CancellationToken ct);

    /// <summary>
    /// Asked each second where <see cref="DeliverAsync"/> answered less than the batch's end: the offset below which all handlers have their fates by now. Negative where that is not known here.
    /// Must answer at once.
    /// </summary>
    long SlowestOf(PartitionRef partition) => -1;

    /// <summary>Revoked, lost or stopped after a claim; nothing is in flight any more.</summary>
    Task ReleaseAsync(PartitionRef partition, CancellationToken ct);

    /// <summary>Each second while running and at once on a change of state. Exceptions are logged and otherwise ignored.</summary>
    Task ReportAsync(StreamSnapshot snapshot, CancellationToken ct);
}
