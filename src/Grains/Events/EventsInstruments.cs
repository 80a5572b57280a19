using System.Diagnostics.Metrics;

namespace TomOrleans.Grains.Events;

/// <summary>Figures of the events. One a silo.</summary>
public sealed class EventsInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "TomOrleans.Events";

    private readonly Counter<long> _published;

    public EventsInstruments(IMeterFactory meters, EventQueue queue)
    {
        var meter = meters.Create(MeterName);
        _published = meter.CreateCounter<long>("tom.events.published", "{event}", "Events handed to the stream.");
        meter.CreateObservableCounter("tom.events.dropped", () => queue.Dropped, "{event}", "Events dropped because too many waited, or because the stream did not take them.");
    }

    public void OnPublished(int events) => _published.Add(events);
}
