using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Latency;
using TomOrleans.Grains.Events;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>Tells figures and events what became of a lane's messages: once a batch, after the cursor has moved, and without waiting for anybody.</summary>
public sealed class LaneWitness(HandlerKey key, LatencyWindows latency, AlertsInstruments instruments, EventQueue events)
{
    private readonly string _topic = key.Partition.Topic.ToString();

    /// <summary>The move is durable, and so is the fate of each of these messages.</summary>
    public void OnMoved(CursorMove move, ImmutableArray<Alert> alerts)
    {
        instruments.OnLatency(_topic, key.Handler, latency.Add(alerts));
        instruments.OnFate(_topic, key.Handler, "handled", move.Handled);
        instruments.OnFate(_topic, key.Handler, "ignored", move.Ignored);
        instruments.OnFate(_topic, key.Handler, "parked", move.Parked.Count);
        instruments.OnFate(_topic, key.Handler, "lost", move.Lost);

        // What was only kept is no news.
        if (move is { Handled: > 0, Kept.Count: 0 } && alerts is [.., var last])
        {
            events.AlertsHandled(key, move.Handled, last.Location.Offset);
        }

        if (move.Parked is [.., var parked])
        {
            events.MessagesParked(key, move.Parked.Count, parked.Offset, parked.Reason);
        }
    }
}
