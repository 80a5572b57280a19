using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Alerts;

/// <summary>Makes the lane of a claimed cursor, with the handler grain its definition names.</summary>
public sealed class HandlerLaneFactory(IGrainFactory grains, IIngestWriter writer, TimeProvider time, ILogger<HandlerLane> log)
{
    public HandlerLane Create(TopicPartitionName partition, HandlerDefinition definition, CursorRow cursor)
    {
        var key = new HandlerKey(partition, definition.Id);
        var handler = grains.GetGrain<IAlertHandler>(GrainId.Create($"{definition.Name}-handler", key.ToString()));
        return new(key, definition, cursor, handler, writer, time, log);
    }
}
