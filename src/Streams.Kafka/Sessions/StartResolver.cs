namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Resolves the start position at the broker and remembers which partitions could not be answered for.</summary>
internal sealed class StartResolver(StreamContext context, BrokerQueries broker) : IOffsetResolver
{
    private readonly HashSet<PartitionRef> _unresolved = [];

    public IReadOnlyCollection<PartitionRef> Unresolved => _unresolved;

    public async Task<IReadOnlyDictionary<PartitionRef, long>> ResolveStartAsync(
        IReadOnlyCollection<PartitionRef> partitions, CancellationToken ct)
    {
        var offsets = await new OffsetLookup(context, broker).ResolveAsync(context.Settings.Start, partitions, ct);
        _unresolved.UnionWith(partitions.Where(partition => !offsets.ContainsKey(partition)));
        return offsets;
    }
}
