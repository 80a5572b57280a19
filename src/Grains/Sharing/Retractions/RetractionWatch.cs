using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TomOrleans.Grains.Sharing.Retractions;

/// <summary>Has what others withdrew looked for, whichever silo does it. Register it after Orleans: it calls a grain.</summary>
public sealed partial class RetractionWatch(IGrainFactory grains, TimeProvider time, ILogger<RetractionWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.Retractions().LookAsync();
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotLooked(fault.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What others withdrew could not be looked for, and is tried again: {Error}")]
    private partial void LogNotLooked(string error);
}
