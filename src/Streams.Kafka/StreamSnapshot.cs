namespace TomOrleans.Streams.Kafka;

/// <summary>How a stream is at this moment.</summary>
/// <param name="State"><c>connecting</c>, <c>connected</c>, <c>waiting: reason</c>, <c>refused: reason</c> or <c>stopped</c>; where it is connected and a heartbeat is missed, <c>silent: reason</c> or <c>failing: reason</c>.</param>
/// <param name="Topics">Existing topics that match the settings, sorted.</param>
/// <param name="Problems">One line each, for a person: topics that are absent or forbidden, offsets that had to be moved.</param>
/// <param name="Partitions">Those this consumer has, and, once, those it just released.</param>
public sealed record StreamSnapshot(
    string State,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> Problems,
    IReadOnlyList<PartitionSnapshot> Partitions);

/// <param name="Partition">Which.</param>
/// <param name="Position">The next offset to be read from Kafka; -1 before the claim.</param>
/// <param name="HighOffset">The offset the next message will get, as last heard; -1 where unknown.</param>
/// <param name="LastMessageMicroseconds">Timestamp of the last record read [us since 1970, UTC]; null before the first.</param>
/// <param name="Waiting">Why nothing moves here (a held partition: the sink's reason); null when all is well.</param>
/// <param name="InFlight">Records read that have no fate yet.</param>
/// <param name="Released">True in the last snapshot before the partition goes to another owner.</param>
/// <param name="UsualGapMicroseconds">Mean time between the last messages, by their own times [us]; null before there are two.</param>
/// <param name="Heartbeat"><c>beating</c>, <c>silent: reason</c> or <c>failing: reason</c>; null where the topic holds none.</param>
public sealed record PartitionSnapshot(
    PartitionRef Partition,
    long Position,
    long HighOffset,
    long? LastMessageMicroseconds,
    string? Waiting,
    long InFlight,
    bool Released,
    long? UsualGapMicroseconds = null,
    string? Heartbeat = null);
