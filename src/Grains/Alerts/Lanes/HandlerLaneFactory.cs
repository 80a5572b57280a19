using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Latency;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Grains.Events;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>Makes the lane of a claimed cursor, and the judge that asks the handler grain its definition names.</summary>
public sealed class HandlerLaneFactory(
    IGrainFactory grains,
    ParkedRoom room,
    IIngestWriter writer,
    LatencyBoard latencies,
    AlertsInstruments instruments,
    EventQueue events,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly ILogger<HandlerLane> _laneLog = loggers.CreateLogger<HandlerLane>();
    private readonly ILogger<AlertJudge> _judgeLog = loggers.CreateLogger<AlertJudge>();

    public HandlerLane Create(TopicPartitionName partition, HandlerDefinition definition, CursorRow cursor)
    {
        var key = new HandlerKey(partition, definition.Id);
        return new(new(cursor, room, writer, new(key, latencies.Of(key), instruments, events), time, _laneLog), JudgeOf(key, definition, cursor.OwnerEpoch), room, time, _laneLog);
    }

    private ILaneJudge JudgeOf(HandlerKey key, HandlerDefinition definition, long claim) =>
        definition.Name == MessageKeeper.Name ? new MessageKeeper(definition, time) : CreateJudge(key, definition, claim);

    /// <param name="key">The handler in a partition.</param>
    /// <param name="definition">What it is.</param>
    /// <param name="claim">As in <see cref="AlertBatch.Claim"/>.</param>
    public AlertJudge CreateJudge(HandlerKey key, HandlerDefinition definition, long claim = 0)
    {
        var handler = grains.GetGrain<IAlertHandler>(GrainId.Create($"{definition.Name}-handler", key.ToString()));
        return new(key, definition, handler, _judgeLog, claim);
    }
}
