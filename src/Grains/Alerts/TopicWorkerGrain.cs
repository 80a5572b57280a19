using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Decodes the records of one partition and fans them out to a <see cref="HandlerLane"/> a handler. A stateless worker with one activation, because such a grain always lives in
/// the silo that calls it, and that is the silo which owns the partition. It knows its claim from <see cref="ClaimAsync"/> to <see cref="ReleaseAsync"/>, so it must not be removed
/// in a quiet hour between them.
/// </summary>
[GrainType("topic-worker"), StatelessWorker(1, removeIdleWorkers: false)]
public sealed partial class TopicWorkerGrain(
    StreamCatalog catalog,
    CursorTable cursors,
    HandlerLaneFactory lanes,
    ILocalSiloDetails silo,
    ILogger<TopicWorkerGrain> log) : Grain, ITopicWorkerGrain
{
    private static readonly TimeSpan CollectedByAge = TimeSpan.FromMilliseconds(-1);
    private TopicPartitionName _partition;
    private bool _isClaimed;
    private ImmutableArray<HandlerLane> _lanes = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _partition = TopicPartitionName.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<PartitionClaim> ClaimAsync(PartitionFacts facts)
    {
        _isClaimed = false;
        var handlers = catalog.Find(_partition.Topic)?.Handlers ?? [];
        var rows = await cursors.ClaimAsync([.. handlers.Select(handler =>
            new CursorClaim(KeyOf(handler.Id), silo.Name, facts.StartOffset, facts.ClusterId))]);
        var claimed = ImmutableArray.CreateBuilder<HandlerLane>(handlers.Length);
        foreach (var handler in handlers)
        {
            var lane = lanes.Create(_partition, handler, rows.Single(row => row.Key.Handler == handler.Id));
            await lane.AlignAsync(facts);
            claimed.Add(lane);
        }

        _lanes = claimed.MoveToImmutable();
        _isClaimed = true;
        DelayDeactivation(TimeSpan.MaxValue);
        var next = _lanes.IsEmpty ? facts.HighOffset : _lanes.Min(lane => lane.NextOffset);
        LogClaimed(_partition, next);
        return new(next, [.. _lanes.Select(lane => new HandlerCursor(lane.Handler, lane.NextOffset))]);
    }

    public async Task DeliverAsync(RecordBatch batch)
    {
        if (!_isClaimed)
        {
            throw new TomException(TomFault.Conflict, $"{_partition} is not claimed.");
        }

        var alerts = ImmutableArray.CreateRange(batch.Records, record => MessageDecoder.Decode(record, _partition));
        var deliveries = _lanes.Select(lane => lane.DeliverAsync(alerts, batch.NextOffset)).ToArray();

        // Each lane ends by itself, so that one that fails keeps no other from moving its cursor.
        await Task.WhenAll(deliveries);
    }

    public Task ReleaseAsync()
    {
        _lanes = [];
        _isClaimed = false;
        LogReleased(_partition);

        // Not at once: the next claim may be on its way to this activation already.
        DelayDeactivation(CollectedByAge);
        return Task.CompletedTask;
    }

    private CursorKey KeyOf(string handler) => new(_partition.Topic.Stream, _partition.Topic.Topic, _partition.Partition, handler);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Partition} claimed; reading goes on at {Offset}")]
    private partial void LogClaimed(TopicPartitionName partition, long offset);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Partition} released")]
    private partial void LogReleased(TopicPartitionName partition);
}
