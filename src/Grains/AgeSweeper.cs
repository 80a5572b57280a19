using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TomOrleans.Grains;

/// <summary>Takes rows out of a history when they are 90 days old, in small pieces with the writer's other work between them. Every silo looks, once an hour.</summary>
/// <param name="what">What is taken out, as the log is to say it: "tries of shares".</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public abstract partial class AgeSweeper(string what, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>Takes out a piece of what is from before this time [us since 1970, UTC]; false when nothing was left. Safe to repeat, in several silos at once too.</summary>
    protected abstract Task<bool> RemoveAsync(long beforeMicroseconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await RemoveAsync(Clock.Microseconds(time) - (long)KeptFor.TotalMicroseconds))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(what, Period, fault.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old {What} could not be taken out, next try in {Pause}: {Error}")]
    private partial void LogFailed(string what, TimeSpan pause, string error);
}
