using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Lanes;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Decodes the records of one partition and fans them out to the lanes of its handlers. A stateless worker with one activation, because such a grain always lives in
/// the silo that calls it, and that is the silo which owns the partition. It knows its claim from <see cref="ClaimAsync"/> to <see cref="ReleaseAsync"/>, so it must not be removed
/// in a quiet hour between them.
/// </summary>
[GrainType("topic-worker"), StatelessWorker(1, removeIdleWorkers: false)]
public sealed partial class TopicWorkerGrain(
    LaneClaims claims, LaneBoard board, IPartitionSource source, ILocalSiloDetails silo, TimeProvider time, ILogger<TopicWorkerGrain> log)
    : Grain, ITopicWorkerGrain
{
    private static readonly TimeSpan CollectedByAge = TimeSpan.FromMilliseconds(-1);

    private TopicPartitionName _partition;
    private PartitionFan? _fan;
    private bool _isHeld;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _partition = TopicPartitionName.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    public async Task<PartitionClaim> ClaimAsync(PartitionFacts facts)
    {
        End();
        var members = await claims.ClaimAsync(_partition, facts, silo.Name);
        _fan = new(_partition, members, source, time, log);
        board.Put(_partition, _fan);
        DelayDeactivation(TimeSpan.MaxValue);
        var cursors = members.Select(member => new HandlerCursor(member.Lane.Handler, member.Lane.Cursor.Next)).ToImmutableArray();
        _isHeld = !members.IsEmpty && members.All(member => member.Place == LanePlace.Stopped);
        if (_isHeld)
        {
            return new(facts.HighOffset, cursors, members[0].Paused);
        }

        var next = members.IsEmpty ? facts.HighOffset : _fan.Begin();
        LogClaimed(_partition, next);
        return new(next, cursors);
    }

    public async Task<long> DeliverAsync(RecordBatch batch)
    {
        if (_fan is not { } fan || _isHeld)
        {
            throw new TomException(TomFault.Conflict, $"{_partition} is not claimed.");
        }

        using var span = TomTraces.Process(_partition.Topic.Topic, _partition.Partition, batch.Records.IsEmpty ? batch.NextOffset : batch.Records[0].Offset, batch.Records.Length);
        return await fan.DeliverAsync(ImmutableArray.CreateRange(batch.Records, record => MessageDecoder.Decode(record, _partition)), batch.NextOffset);
    }

    public Task ReleaseAsync()
    {
        End();
        LogReleased(_partition);
        // Not at once: the next claim may be on its way to this activation already.
        DelayDeactivation(CollectedByAge);
        return Task.CompletedTask;
    }

    private void End()
    {
        if (_fan is { } fan)
        {
            board.Remove(_partition, fan);
            fan.End();
            _fan = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Partition} claimed; reading goes on at {Offset}")]
    private partial void LogClaimed(TopicPartitionName partition, long offset);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Partition} released")]
    private partial void LogReleased(TopicPartitionName partition);
}
