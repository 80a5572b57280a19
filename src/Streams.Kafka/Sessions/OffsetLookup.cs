using Confluent.Kafka.Admin;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>From a position to offsets.</summary>
internal sealed class OffsetLookup(StreamContext context, BrokerQueries broker)
{
    /// <summary>Partitions that could not be asked are left out. A time later than every message means the end.</summary>
    /// <exception cref="StreamUnavailableException">Not one could be asked.</exception>
    public async Task<Dictionary<PartitionRef, long>> ResolveAsync(StartPosition position, IReadOnlyCollection<PartitionRef> partitions, CancellationToken ct)
    {
        if (position.Time is not { } time)
        {
            return await broker.OffsetsAsync(partitions, position == StartPosition.Earliest ? OffsetSpec.Earliest() : OffsetSpec.Latest(), ct);
        }

        var offsets = EmbeddedKafka.IsEmbedded(context.Settings.ClusterId)
            ? await new TimeScan(context, broker).FindAsync(partitions, time, ct)
            : await broker.OffsetsAsync(partitions, OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()), ct);
        var later = offsets.Where(pair => pair.Value < 0).Select(pair => pair.Key).ToList();
        foreach (var partition in later)
        {
            offsets.Remove(partition);
        }

        foreach (var (partition, end) in await broker.OffsetsAsync(later, OffsetSpec.Latest(), ct))
        {
            offsets[partition] = end;
        }

        return offsets;
    }
}
