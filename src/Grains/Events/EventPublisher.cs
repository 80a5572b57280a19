using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using TomOrleans.Events;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Events;

/// <summary>
/// Publishes what happened in this silo, five times a second, once a second where much happens. What cannot be published is dropped: events are hints, and nobody waits for them. Register it after Orleans: it calls grains.
/// </summary>
public sealed partial class EventPublisher(
    EventQueue queue, IClusterClient cluster, TargetTable targets, EventsInstruments instruments, TimeProvider time, ILogger<EventPublisher> log) : BackgroundService
{
    /// <summary>The most at once; with the pause the most a second.</summary>
    private const int Most = 250;

    /// <summary>What happens within it becomes one event.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Where much happens, so that telling of it costs little beside doing it.</summary>
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    private const int Many = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var stream = cluster.GetStreamProvider(TomEvents.Provider).GetTomEvents();
        var last = 0;
        while (true)
        {
            await queue.SomeAsync(stoppingToken);
            await Task.Delay(last < Many ? Pause : BusyPause, time, stoppingToken);
            var events = queue.Take(Most);
            await PublishAsync(stream, events);
            last = events.Count;
        }
    }

    private async Task PublishAsync(IAsyncStream<TomEvent> stream, IReadOnlyList<TomEvent> events)
    {
        try
        {
            await stream.OnNextBatchAsync(await NameTargetsAsync(events)).WaitAsync(Limit, time);
            instruments.OnPublished(events.Count);
            _isFailing = false;
        }
        catch (Exception fault)
        {
            queue.Drop(events.Count);
            if (!_isFailing)
            {
                LogDropped(events.Count, fault.Message);
            }

            _isFailing = true;
        }
    }

    /// <summary>The names of those that changed, in one question; without names where the database does not answer.</summary>
    private async Task<IReadOnlyList<TomEvent>> NameTargetsAsync(IReadOnlyList<TomEvent> events)
    {
        long[] ids = [.. events.Select(happened => happened.TargetId).OfType<long>()];
        if (ids.Length == 0)
        {
            return events;
        }

        try
        {
            var names = (await targets.GetAsync(ids).WaitAsync(Limit, time)).ToDictionary(target => target.Id, target => target.Name);
            return [.. events.Select(happened => happened.TargetId is { } id ? happened with { TargetName = names.GetValueOrDefault(id) } : happened)];
        }
        catch (Exception fault)
        {
            LogNameless(fault.Message);
            return events;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events could not be published and are dropped, as are those that follow until it goes well again: {Error}")]
    private partial void LogDropped(int count, string error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Events go out without the names of their targets: {Error}")]
    private partial void LogNameless(string error);
}
