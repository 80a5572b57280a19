using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>
/// Wakes the destinations that have something due: at the silo's start, for what a former one left behind, and every 30 s, for what no timer remembers. Register it after Orleans: it calls grains.
/// </summary>
public sealed partial class OutboxSweeper(DestinationCatalog catalog, OutboxTable outbox, IGrainFactory grains, TimeProvider time, ILogger<OutboxSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>Wakes what is due now. One destination that cannot be woken holds up no other.</summary>
    public async Task SweepAsync()
    {
        foreach (var destination in await outbox.DueDestinationsAsync(Clock.Microseconds(time)))
        {
            if (catalog.Find(destination) is null)
            {
                LogUnknown(destination);
                continue;
            }

            try
            {
                await grains.Sharing(destination).WakeAsync();
            }
            catch (Exception fault)
            {
                LogNotWoken(fault, destination);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await SweepAsync();
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(fault, Period);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shares wait for {Destination}, which DATA_SHARING no longer has: they stay queued")]
    private partial void LogUnknown(string destination);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Destination} could not be woken; the next sweep tries again")]
    private partial void LogNotWoken(Exception fault, string destination);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be swept; next try in {Pause}")]
    private partial void LogSweepFailed(Exception fault, TimeSpan pause);
}
