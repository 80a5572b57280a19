namespace TomOrleans.Streams.Kafka;

/// <summary>One Kafka record as it came; never changed by anybody.</summary>
/// <param name="Offset">Its place in the partition.</param>
/// <param name="TimestampMicroseconds">The record's time [us since 1970, UTC]; 0 where the record has none.</param>
/// <param name="Key">Null where the record has none.</param>
/// <param name="Value">Null for a tombstone.</param>
/// <param name="Headers">In the record's order; names may repeat; a null value is an empty one.</param>
public readonly record struct StreamRecord(
    long Offset,
    long TimestampMicroseconds,
    byte[]? Key,
    byte[]? Value,
    RecordHeaders Headers);

/// <summary>Consecutive records of one partition, in offset order; at least one. The list is good until its delivery has ended, what the records hold for ever.</summary>
/// <param name="Partition">Where they come from.</param>
/// <param name="Records">Never changed by anybody.</param>
/// <param name="NextOffset">Where reading goes on when this batch has its fates: the last record's offset and one.</param>
public sealed record StreamBatch(PartitionRef Partition, IReadOnlyList<StreamRecord> Records, long NextOffset);
