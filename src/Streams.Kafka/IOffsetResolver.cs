namespace TomOrleans.Streams.Kafka;

/// <summary>Turns the stream's start position into offsets.</summary>
public interface IOffsetResolver
{
    /// <summary>
    /// Asks the broker. A partition that cannot be resolved now (no leader) is left out: it is prepared again, alone, before it is claimed.
    /// </summary>
    /// <exception cref="StreamUnavailableException">The broker did not answer at all.</exception>
    Task<IReadOnlyDictionary<PartitionRef, long>> ResolveStartAsync(IReadOnlyCollection<PartitionRef> partitions, CancellationToken ct);
}
