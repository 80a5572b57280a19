using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>One Kafka record as it came, not yet decoded.</summary>
/// <param name="Offset">Offset in its partition.</param>
/// <param name="TimestampMicroseconds">The broker's or producer's time of the record [us since 1970, UTC].</param>
/// <param name="Key">The record's key; null when it has none.</param>
/// <param name="Value">The record's bytes; null for a tombstone. Not changed by anybody after the hand-over.</param>
/// <param name="Headers">Headers in wire order.</param>
[GenerateSerializer, Immutable, Alias("tom.record")]
public readonly record struct MessageRecord(
    [property: Id(0)] long Offset,
    [property: Id(1)] long TimestampMicroseconds,
    [property: Id(2)] byte[]? Key,
    [property: Id(3)] byte[]? Value,
    [property: Id(5)] MessageHeaders Headers);

/// <summary>
/// Records of one partition in offset order, as the stream consumer hands them to the worker. <see cref="NextOffset"/> is where reading goes on;
/// it can lie beyond the last record (compaction, transaction markers).
/// </summary>
[GenerateSerializer, Immutable, Alias("tom.record-batch")]
public sealed record RecordBatch(
    [property: Id(0)] TopicPartitionName Partition,
    [property: Id(1)] ImmutableArray<MessageRecord> Records,
    [property: Id(2)] long NextOffset);
