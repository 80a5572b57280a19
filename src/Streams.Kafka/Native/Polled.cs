namespace TomOrleans.Streams.Kafka.Native;

/// <summary>What a consumer gave.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">The record's; at the end of the partition that of the next record there will be.</param>
/// <param name="Record">Null at the end of the partition.</param>
internal readonly record struct Polled(string Topic, int Partition, long Offset, StreamRecord? Record);
