using Confluent.Kafka.Admin;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>
/// Finds offsets by time where the broker cannot: the embedded one answers such a question as if no message were that late. It keeps little, so its partitions are simply read.
/// </summary>
internal sealed class TimeScan(StreamContext context, BrokerQueries broker)
{
    /// <summary>-1 where no message is that late; partitions that could not be asked are left out.</summary>
    public async Task<Dictionary<PartitionRef, long>> FindAsync(IReadOnlyCollection<PartitionRef> partitions, DateTimeOffset time, CancellationToken ct)
    {
        var low = await broker.OffsetsAsync(partitions, OffsetSpec.Earliest(), ct);
        var high = await broker.OffsetsAsync(partitions, OffsetSpec.Latest(), ct);
        await using var reader = new CatchUpReader(context.Settings, context.Log, context.Time);

        // Kafka keeps milliseconds, and is asked for the first message of the same one.
        var wanted = time.ToUnixTimeMilliseconds() * 1000;
        var found = await Task.WhenAll(low.Keys.Where(high.ContainsKey).Select(
            async partition => (partition, Offset: await FirstAsync(reader, partition, low[partition], high[partition], wanted, ct))));
        return found.ToDictionary(pair => pair.partition, pair => pair.Offset);
    }

    private static async Task<long> FirstAsync(CatchUpReader reader, PartitionRef partition, long from, long end, long microseconds, CancellationToken ct)
    {
        while (from < end)
        {
            var batch = await reader.ReadAsync(partition, from, ct);
            foreach (var record in batch.Records)
            {
                if (record.TimestampMicroseconds >= microseconds)
                {
                    return record.Offset;
                }
            }

            // The oldest can be thrown away while we read; a partition that was made again has nothing we could wait for.
            var next = Math.Max(batch.NextOffset, batch.LowOffset);
            if (next <= from)
            {
                break;
            }

            from = next;
        }

        reader.Forget(partition);
        return -1;
    }
}
