using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TomOrleans.Grains.Sharing;

/// <summary>Counts the shares for the instruments.</summary>
public sealed partial class OutboxGauge(DestinationReader destinations, SharingInstruments instruments, TimeProvider time, ILogger<OutboxGauge> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                instruments.SharesAre(await destinations.ReadAsync());
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotCounted(fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The shares could not be counted: {Error}")]
    private partial void LogNotCounted(string error);
}
