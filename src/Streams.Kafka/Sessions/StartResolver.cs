using Confluent.Kafka.Admin;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Resolves the start position at the broker and remembers which partitions could not be answered for.</summary>
internal sealed class StartResolver(BrokerQueries broker, StartPosition start) : IOffsetResolver
{
    private readonly HashSet<PartitionRef> _unresolved = [];

    public IReadOnlyCollection<PartitionRef> Unresolved => _unresolved;

    public async Task<IReadOnlyDictionary<PartitionRef, long>> ResolveStartAsync(
        IReadOnlyCollection<PartitionRef> partitions, CancellationToken ct)
    {
        var spec = start switch
        {
            { Time: { } time } => OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()),
            _ when start == StartPosition.Earliest => OffsetSpec.Earliest(),
            _ => OffsetSpec.Latest(),
        };
        var offsets = await broker.OffsetsAsync(partitions, spec, ct);
        var later = offsets.Where(pair => pair.Value < 0).Select(pair => pair.Key).ToList();
        foreach (var partition in later)
        {
            offsets.Remove(partition);
        }

        // No message is as late as the start time: from the end.
        foreach (var (partition, end) in await broker.OffsetsAsync(later, OffsetSpec.Latest(), ct))
        {
            offsets[partition] = end;
        }

        _unresolved.UnionWith(partitions.Where(partition => !offsets.ContainsKey(partition)));
        return offsets;
    }
}
