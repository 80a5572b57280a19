using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>Takes the tries of submissions out of the history 90 days after they began, in small pieces with the writer's other work between them. Every silo looks, once an hour.</summary>
public sealed partial class AttemptSweeper(OutboxTable outbox, TimeProvider time, ILogger<AttemptSweeper> log) : BackgroundService
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await outbox.RemoveAttemptsAsync(Clock.Microseconds(time) - (long)KeptFor.TotalMicroseconds))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(Period, fault.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old tries of shares could not be taken out, next try in {Pause}: {Error}")]
    private partial void LogFailed(TimeSpan pause, string error);
}
