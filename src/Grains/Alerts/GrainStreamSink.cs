using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Grains.Alerts.Latency;
using TomOrleans.Storage.Control;
using TomOrleans.Storage.Cursors;
using TomOrleans.Streams.Kafka;
using PartitionFacts = TomOrleans.Alerts.PartitionFacts;

namespace TomOrleans.Grains.Alerts;

/// <summary>Connects one stream's consumer in this silo to the grains: batches to the partition's worker, reports to the topic and stream grains.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its semaphore has no wait handle that would have to be freed.")]
public sealed class GrainStreamSink(
    StreamDefinition stream,
    StreamCatalog catalog,
    IGrainFactory grains,
    CursorTable cursors,
    ControlTable control,
    LaneBoard board,
    LatencyBoard latencies,
    IPartitionSource source,
    AlertsInstruments instruments,
    ILocalSiloDetails silo,
    TimeProvider time) : IStreamSink
{
    private readonly ReportPacing _pacing = new(time);
    private readonly OrderWatch _orders = new(stream.Id, control);

    /// <summary>Partitions whose start could not be resolved when their handlers were registered: they existed then, so START_POSITION still counts for them.</summary>
    private readonly HashSet<PartitionRef> _unresolved = [];

    /// <summary>Partitions that could not be prepared with the others come one by one, and at the same time.</summary>
    private readonly SemaphoreSlim _preparing = new(1);

    /// <summary>
    /// START_POSITION counts for partitions that exist when a handler is configured first: their cursors are made now, before anything is read. A partition that has no
    /// cursor later appeared later, and is read from its beginning.
    /// </summary>
    public async Task PrepareAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct)
    {
        await _preparing.WaitAsync(ct);
        try
        {
            await RegisterAsync(matching, resolver, clusterId, ct);
        }
        finally
        {
            _preparing.Release();
        }
    }

    private async Task RegisterAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct)
    {
        await _orders.BeginAsync(ct);
        var registered = (await cursors.BindingsAsync(stream.Id, ct)).ToHashSet();
        foreach (var binding in stream.Bindings)
        {
            var here = matching.Where(partition => catalog.Find(new TopicName(stream.Id, partition.Topic)) == binding).ToArray();
            var fresh = binding.Handlers.Where(handler => !registered.Contains(new(stream.Id, binding.TopicKey, handler.Id)) || here.Any(_unresolved.Contains)).ToArray();
            if (fresh.Length == 0)
            {
                continue;
            }

            var starts = await resolver.ResolveStartAsync(here, ct);
            var furthest = fresh.Any(handler => handler.Name == MessageKeeper.Name) ? await FurthestAsync(ct) : [];
            foreach (var handler in fresh)
            {
                await cursors.RegisterBindingAsync(
                    stream.Id,
                    binding.TopicKey,
                    handler.Id,
                    [.. starts.Select(start => (new CursorKey(stream.Id, start.Key.Topic, start.Key.Partition, handler.Id), StartOf(handler, start.Key, start.Value)))],
                    clusterId);
            }

            _unresolved.UnionWith(here);
            _unresolved.ExceptWith(starts.Keys);

            // Keeping begins where the handlers are: they would have to wait while it reads what they have behind them.
            long StartOf(HandlerDefinition handler, PartitionRef partition, long start) =>
                handler.Name == MessageKeeper.Name ? Math.Max(start, furthest.GetValueOrDefault(partition)) : start;
        }
    }

    private async Task<Dictionary<PartitionRef, long>> FurthestAsync(CancellationToken ct) =>
        (await cursors.ReadAllAsync(ct)).Where(row => row.Key.Stream == stream.Id)
            .GroupBy(row => new PartitionRef(row.Key.Topic, row.Key.Partition))
            .ToDictionary(rows => rows.Key, rows => rows.Max(row => row.NextOffset));

    public async Task<long> ClaimAsync(PartitionRef partition, Streams.Kafka.PartitionFacts facts, CancellationToken ct)
    {
        var claim = await Worker(partition).ClaimAsync(new PartitionFacts
        {
            LowOffset = facts.LowOffset,
            HighOffset = facts.HighOffset,
            StartOffset = facts.LowOffset,
            ClusterId = facts.ClusterId,
            TopicId = facts.TopicId,
        });
        return claim.Held is { } reason ? throw new PartitionHeldException(reason) : claim.NextOffset;
    }

    public async Task<long> DeliverAsync(StreamBatch batch, CancellationToken ct)
    {
        try
        {
            // A handler that hangs must not keep the partition from ending.
            return await Worker(batch.Partition).DeliverAsync(new(NameOf(batch.Partition), RecordBatches.Of(batch.Records), batch.NextOffset)).WaitAsync(ct);
        }
        catch (TomException exception) when (exception.Fault == TomFault.Conflict)
        {
            throw new ClaimLostException(exception.Message);
        }
    }

    public long SlowestOf(PartitionRef partition) => board.Of(NameOf(partition)) is { IsEmpty: false } lanes ? lanes.Min(lane => lane.NextOffset) : -1;

    public Task ReleaseAsync(PartitionRef partition, CancellationToken ct) => Worker(partition).ReleaseAsync();

    public async Task ReportAsync(StreamSnapshot snapshot, CancellationToken ct)
    {
        await grains.Stream(stream.Id).ReportAsync(silo.Name, new(snapshot.State, [.. snapshot.Topics], [.. snapshot.Problems]) { Troubles = [.. Troubles(snapshot)] });
        TellInstruments(snapshot);
        var topics = snapshot.Partitions.GroupBy(partition => partition.Partition.Topic)
            .ToDictionary(topic => topic.Key, topic => topic.Select(ToReport).ToImmutableArray(), StringComparer.Ordinal);
        _pacing.Keep(topics.Keys.ToHashSet(StringComparer.Ordinal));
        var due = topics.Where(topic => _pacing.IsDue(topic.Key, topic.Value)).ToArray();
        var calls = due.Select(topic => TellAsync(new(stream.Id, topic.Key), topic.Value)).ToArray();
        await Task.WhenAll(calls).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (topic, call) in due.Zip(calls).Where(pair => pair.Second.IsCompletedSuccessfully))
        {
            _pacing.Sent(topic.Key, topic.Value);
        }

        await FollowOrdersAsync(snapshot, ct);
        await Task.WhenAll(calls);
    }

    private IEnumerable<StreamTrouble> Troubles(StreamSnapshot snapshot) => snapshot.Partitions.Where(partition => !partition.Released)
        .SelectMany(partition => TroublesOf(partition.Partition.Topic, partition.Waiting, board.Of(NameOf(partition.Partition))))
        .DistinctBy(trouble => (trouble.Topic, trouble.Handler));

    private static IEnumerable<StreamTrouble> TroublesOf(string topic, string? waiting, ImmutableArray<LaneReport> lanes)
    {
        if (waiting is not null && !waiting.StartsWith(TopicOrders.Paused, StringComparison.Ordinal))
        {
            yield return new(topic, null, waiting);
        }

        foreach (var lane in lanes.Where(lane => lane.State.StartsWith("failing", StringComparison.Ordinal)))
        {
            yield return new(topic, lane.Handler, lane.State);
        }
    }

    private void TellInstruments(StreamSnapshot snapshot)
    {
        if (snapshot.State == "stopped")
        {
            instruments.StreamIsGone(stream.Id);
            return;
        }

        var lags = from partition in snapshot.Partitions
                   where !partition.Released && partition.HighOffset >= 0
                   from lane in board.Of(NameOf(partition.Partition))
                   group Math.Max(0, partition.HighOffset - lane.NextOffset) by (partition.Partition.Topic, lane.Handler) into handler
                   select (new TopicName(stream.Id, handler.Key.Topic).ToString(), handler.Key.Handler, handler.Sum());
        instruments.StreamIs(stream.Id, snapshot.State == "connected", lags);
    }

    private async Task TellAsync(TopicName topic, ImmutableArray<PartitionReport> partitions)
    {
        await grains.Topic(topic).ReportAsync(silo.Name, partitions);
        if (latencies.Of(topic) is { IsEmpty: false } recent)
        {
            await grains.Topic(topic).ReportLatencyAsync(silo.Name, recent);
        }
    }

    private async Task FollowOrdersAsync(StreamSnapshot snapshot, CancellationToken ct)
    {
        var topics = await _orders.LookAsync(ct);
        foreach (var partition in snapshot.Partitions.Where(partition => !partition.Released && topics.Contains(partition.Partition.Topic)))
        {
            source.Reclaim(NameOf(partition.Partition));
        }
    }

    private PartitionReport ToReport(PartitionSnapshot partition) => new()
    {
        Partition = partition.Partition.Partition,
        Position = partition.Position,
        HighOffset = partition.HighOffset,
        LastMessageMicroseconds = partition.LastMessageMicroseconds,
        Waiting = partition.Waiting,
        InFlight = partition.InFlight,
        Released = partition.Released,
        Lanes = board.Of(NameOf(partition.Partition)),
        UsualGapMicroseconds = partition.UsualGapMicroseconds,
        Heartbeat = partition.Heartbeat,
    };

    private ITopicWorkerGrain Worker(PartitionRef partition) => grains.TopicWorker(NameOf(partition));

    private TopicPartitionName NameOf(PartitionRef partition) => new(new(stream.Id, partition.Topic), partition.Partition);
}
