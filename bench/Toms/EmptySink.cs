using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Toms;

/// <summary>Reads everything from the start and does nothing more with it than it is told.</summary>
internal sealed class EmptySink(Action<StreamBatch>? use = null) : IStreamSink
{
    public Task PrepareAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct) => Task.CompletedTask;

    public Task<long> ClaimAsync(PartitionRef partition, PartitionFacts facts, CancellationToken ct) => Task.FromResult(facts.LowOffset);

    public Task<long> DeliverAsync(StreamBatch batch, CancellationToken ct)
    {
        use?.Invoke(batch);
        return Task.FromResult(batch.NextOffset);
    }

    public Task ReleaseAsync(PartitionRef partition, CancellationToken ct) => Task.CompletedTask;

    public Task ReportAsync(StreamSnapshot snapshot, CancellationToken ct) => Task.CompletedTask;
}
