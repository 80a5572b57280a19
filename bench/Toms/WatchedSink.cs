using TomOrleans.Bench.Measuring;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Toms;

/// <summary>Passes everything on and reads the meter at the first batch and when the last message has its fate.</summary>
internal sealed class WatchedSink(IStreamSink inner, long messages) : IStreamSink
{
    private readonly TaskCompletionSource<Measurement> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Meter> _start = new(Meter.Read);
    private long _delivered;
    private long _batches;
    private StreamSnapshot? _last;

    /// <summary>The meter at the first batch.</summary>
    public Meter Start => _start.Value;

    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>From the first message to the last.</summary>
    public async Task<Measurement> MeasuredAsync(TimeSpan patience)
    {
        try
        {
            return await _done.Task.WaitAsync(patience);
        }
        catch (TimeoutException exception)
        {
            var waiting = _last?.Partitions.Select(partition => partition.Waiting).FirstOrDefault(text => text is not null);
            throw new BenchException(
                $"Only {_delivered:N0} of {messages:N0} messages had a fate after {patience.TotalSeconds:N0} s; the stream is {_last?.State}, {waiting ?? "no partition waits"}.",
                exception);
        }
    }

    public Task PrepareAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct) =>
        inner.PrepareAsync(matching, resolver, clusterId, ct);

    public Task<long> ClaimAsync(PartitionRef partition, PartitionFacts facts, CancellationToken ct) => inner.ClaimAsync(partition, facts, ct);

    public async Task<long> DeliverAsync(StreamBatch batch, CancellationToken ct)
    {
        var start = _start.Value;
        var slowest = await inner.DeliverAsync(batch, ct);
        var batches = Interlocked.Increment(ref _batches);
        if (Interlocked.Add(ref _delivered, batch.Records.Count) == messages)
        {
            _done.TrySetResult(start.Until(Meter.Read(), messages) with { Batches = batches });
        }

        return slowest;
    }

    public Task ReleaseAsync(PartitionRef partition, CancellationToken ct) => inner.ReleaseAsync(partition, ct);

    public Task ReportAsync(StreamSnapshot snapshot, CancellationToken ct)
    {
        _last = snapshot;
        return inner.ReportAsync(snapshot, ct);
    }
}
