using System.Collections.Concurrent;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts;

/// <summary>The streams that this silo reads, for the workers of its partitions. Safe on any thread.</summary>
public sealed class LocalStreams(AlertsInstruments instruments) : IPartitionSource
{
    private readonly ConcurrentDictionary<string, (StreamConsumer Live, CatchUpReader CatchUp)> _streams = new(StringComparer.Ordinal);

    public void Add(string stream, StreamConsumer live, CatchUpReader catchUp) => _streams[stream] = (live, catchUp);

    public void Remove(string stream) => _streams.TryRemove(stream, out _);

    /// <summary>How this silo's own consumer of the stream is, as <see cref="StreamReport.State"/>; null where it has none.</summary>
    public string? StateOf(string stream) => _streams.TryGetValue(stream, out var found) ? found.Live.State : null;

    /// <summary>What waits for its next try makes it now.</summary>
    public void RetryNow()
    {
        foreach (var (live, _) in _streams.Values)
        {
            live.RetryNow();
        }
    }

    public async Task<CatchUpRecords> ReadAsync(TopicPartitionName partition, long offset, CancellationToken cancellation)
    {
        try
        {
            var batch = await Of(partition).CatchUp.ReadAsync(RefOf(partition), offset, cancellation);
            instruments.OnCaughtUp(partition.Topic, batch.Records.Count);
            return new(RecordBatches.Of(batch.Records), batch.NextOffset, batch.LowOffset < 0 ? null : batch.LowOffset);
        }
        catch (StreamUnavailableException exception)
        {
            throw new TomException(TomFault.Unavailable, exception.Message, exception);
        }
    }

    public void Forget(TopicPartitionName partition)
    {
        if (_streams.TryGetValue(partition.Topic.Stream, out var stream))
        {
            stream.CatchUp.Forget(RefOf(partition));
        }
    }

    public void Reclaim(TopicPartitionName partition)
    {
        if (_streams.TryGetValue(partition.Topic.Stream, out var stream))
        {
            stream.Live.Reclaim(RefOf(partition));
        }
    }

    public Task<long> EndAsync(TopicPartitionName partition, CancellationToken cancellation) => ResolveAsync(partition, StartPosition.Latest, "ends", cancellation);

    public Task<long> OffsetAtAsync(TopicPartitionName partition, DateTimeOffset at, CancellationToken cancellation) =>
        ResolveAsync(partition, StartPosition.At(at), $"stands at {at:O}", cancellation);

    private async Task<long> ResolveAsync(TopicPartitionName partition, StartPosition position, string what, CancellationToken cancellation)
    {
        try
        {
            var offsets = await Of(partition).Live.ResolveAsync(position, [RefOf(partition)], cancellation);
            return offsets.TryGetValue(RefOf(partition), out var offset)
                ? offset
                : throw new TomException(TomFault.Unavailable, $"The broker does not say where {partition} {what}.");
        }
        catch (StreamUnavailableException exception)
        {
            throw new TomException(TomFault.Unavailable, exception.Message, exception);
        }
    }

    private static PartitionRef RefOf(TopicPartitionName partition) => new(partition.Topic.Topic, partition.Partition);

    private (StreamConsumer Live, CatchUpReader CatchUp) Of(TopicPartitionName partition) =>
        _streams.TryGetValue(partition.Topic.Stream, out var stream)
            ? stream
            : throw new TomException(TomFault.Unavailable, $"This silo does not read the stream {partition.Topic.Stream}.");
}
