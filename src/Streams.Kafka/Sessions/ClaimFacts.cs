namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>What a sink is told when it claims: asked of the broker for a whole assignment at once, and for one partition alone when that try failed.</summary>
internal sealed class ClaimFacts(StreamContext context, BrokerQueries broker, CancellationToken closing)
{
    /// <summary>Asked when the first of the partitions wants to know.</summary>
    public Lazy<Task<IReadOnlyDictionary<PartitionRef, PartitionFacts>>> Together(IReadOnlyCollection<PartitionRef> partitions) =>
        new(() => broker.FactsAsync(partitions, closing));

    public Func<CancellationToken, Task<PartitionFacts>> For(
        PartitionRef partition, Lazy<Task<IReadOnlyDictionary<PartitionRef, PartitionFacts>>>? together = null) => async ct =>
    {
        if (Interlocked.Exchange(ref together, null) is { } shared && (await shared.Value.WaitAsync(ct)).TryGetValue(partition, out var known))
        {
            return await PreparedAsync(partition, known, ct);
        }

        return (await broker.FactsAsync([partition], ct)).TryGetValue(partition, out known)
            ? await PreparedAsync(partition, known, ct)
            : throw new StreamUnavailableException("the broker does not say which offsets it has");
    };

    /// <summary>A partition whose start position could not be resolved before is prepared now; it must not be taken for one that appeared later.</summary>
    private async Task<PartitionFacts> PreparedAsync(PartitionRef partition, PartitionFacts facts, CancellationToken ct)
    {
        if (context.Unprepared.ContainsKey(partition))
        {
            var resolver = new StartResolver(context, broker);
            await context.Sink.PrepareAsync([partition], resolver, facts.ClusterId, ct);
            if (resolver.Unresolved.Count > 0)
            {
                throw new StreamUnavailableException("the start position cannot be resolved yet");
            }

            context.Unprepared.TryRemove(partition, out _);
        }

        return facts;
    }
}
