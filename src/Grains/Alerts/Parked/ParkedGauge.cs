using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>Counts what is parked for the instruments, from the books, while somebody watches.</summary>
public sealed partial class ParkedGauge(CursorTable cursors, AlertsInstruments instruments, TimeProvider time, ILogger<ParkedGauge> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public async Task CountAsync(CancellationToken cancellation)
    {
        if (instruments.IsParkedWatched)
        {
            instruments.ParkedAre((await cursors.ParkedAsync(cancellation)).Select(count => (new TomOrleans.Alerts.TopicName(count.Stream, count.Topic), count.Handler, count.Parked)));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotCounted(fault.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The parked messages could not be counted: {Error}")]
    private partial void LogNotCounted(string error);
}
