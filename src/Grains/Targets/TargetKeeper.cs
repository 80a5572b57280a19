using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Keeps this silo's knowledge of targets true: forgets cached names within a second after another silo moved one, and once in an hour deletes merged and removed targets for which the time
/// to undo is over, in small pieces.
/// </summary>
public sealed partial class TargetKeeper(TargetTable targets, TargetUndos undos, TargetNameCache names, TimeProvider time, ILogger<TargetKeeper> log) : BackgroundService
{
    private const int PointsAPiece = 5_000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Sweep = TimeSpan.FromHours(1);
    private long? _epoch;

    /// <summary>Forgets the cached names if any was moved since the last look. The first look only takes note: nothing was cached before.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var epoch = await targets.NameEpochAsync(cancellation);
        if (_epoch is { } before && before != epoch)
        {
            names.Clear();
        }

        _epoch = epoch;
    }

    /// <summary>Deletes all that can no longer be undone. Safe to repeat and to race.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var before = Clock.Microseconds(time) - (TargetViews.UndoTime.Ticks / TimeSpan.TicksPerMicrosecond);
        while (!cancellation.IsCancellationRequested && await undos.SweepAsync(before, PointsAPiece))
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        var swept = DateTimeOffset.MinValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                if (time.GetUtcNow() - swept >= Sweep)
                {
                    swept = time.GetUtcNow();
                    await SweepAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(OneLine.Of(fault.Message));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Targets could not be looked after and are again in a second: {Fault}")]
    private partial void LogFailed(string fault);
}
