using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>
/// Tries parked messages again when their next try is due. Every silo looks; each message is claimed before it is tried, so it is tried once. Register it after Orleans: it
/// calls grains.
/// </summary>
public sealed partial class ParkedSweeper(ParkedFates fates, ParkedRetry retry, TimeProvider time, ILogger<ParkedSweeper> log) : BackgroundService
{
    private const int MostPerRound = 100;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Postponed = TimeSpan.FromMinutes(1);

    /// <summary>Tries what is due now; answers how many had an outcome. Safe to repeat.</summary>
    public async Task<long> SweepAsync()
    {
        var due = await fates.DueAsync(Clock.Microseconds(time), MostPerRound);
        if (due.Count == 0)
        {
            return 0;
        }

        var result = await retry.RunAsync(due);
        if (!result.NotTried.IsEmpty)
        {
            await fates.PostponeAsync([.. result.NotTried.Select(message => message.Id)], Clock.Microseconds(time) + (long)Postponed.TotalMicroseconds);
        }

        LogRetried(due.Count, result.Handled, result.Ignored, result.StillParked.Length, result.NotTried.Length);
        return result.Handled + result.Ignored + result.StillParked.Length;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync() == MostPerRound && !stoppingToken.IsCancellationRequested)
                {
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(Period, fault.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Due} parked messages were due: {Handled} handled, {Ignored} ignored, {StillParked} still parked, {NotTried} not tried")]
    private partial void LogRetried(int due, long handled, long ignored, int stillParked, int notTried);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Parked messages could not be tried again, next try in {Pause}: {Error}")]
    private partial void LogSweepFailed(TimeSpan pause, string error);
}
