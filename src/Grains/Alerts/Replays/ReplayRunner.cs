using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Replays;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>
/// Runs replays in the background. Every silo looks for those that nobody holds; the lease of one that died ends after a while, and another silo goes on where its cursors stand.
/// Register it after Orleans: it calls grains.
/// </summary>
public sealed partial class ReplayRunner(ReplayTable replays, ReplayWork work, ILocalSiloDetails silo, TimeProvider time, ILogger<ReplayRunner> log) : BackgroundService
{
    /// <summary>Replays that one silo runs at once.</summary>
    private const int AtOnce = 2;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Another start of the same silo is another owner.</summary>
    private readonly string _owner = $"{silo.Name}/{Guid.NewGuid():N}";

    private readonly ConcurrentDictionary<long, Task> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    LogLookFailed(fault.Message);
                }
            }
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        foreach (var id in await replays.FreeAsync(Clock.Microseconds(time), stopping))
        {
            if (_running.Count < AtOnce && !_running.ContainsKey(id) && await replays.ClaimAsync(id, _owner, Clock.Microseconds(time), Until(Lease)))
            {
                _running[id] = Task.Run(() => RunAsync(id, stopping), CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(long id, CancellationToken stopping)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var progress = new ReplayProgress();
        var renewing = RenewAsync(id, progress, held);
        try
        {
            var row = await replays.GetAsync(id, held.Token) ?? throw new InvalidOperationException($"replay {id} is gone");
            LogBegun(id, row.Replay.Topic, row.Replay.Handler);
            await work.RunAsync(row, progress, held.Token);
            await EndAsync(id, ReplayState.Done, null, progress);
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // Cancelled, somebody else's, or this silo stops: then whoever comes next need not wait for the lease to end.
            await ReleaseAsync(id, progress, stopping);
        }
        catch (Exception fault)
        {
            LogFailed(fault, id);
            await EndAsync(id, ReplayState.Failed, OneLine.Of(fault.Message), progress);
        }
        finally
        {
            await held.CancelAsync();
            await renewing;
            _running.TryRemove(id, out _);
        }
    }

    private async Task RenewAsync(long id, ReplayProgress progress, CancellationTokenSource held)
    {
        using var timer = new PeriodicTimer(Renewal, time);
        var renewed = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(held.Token))
            {
                try
                {
                    if (!await replays.RenewAsync(id, _owner, Until(Lease), progress.Note, progress.ReportJson()))
                    {
                        await held.CancelAsync();
                        return;
                    }

                    renewed = time.GetTimestamp();
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // The cursors' epochs fence what a second owner and this one do at once; but there is no use in it.
                    if (time.GetElapsedTime(renewed) > Lease)
                    {
                        await held.CancelAsync();
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    private async Task EndAsync(long id, int state, string? note, ReplayProgress progress)
    {
        try
        {
            await replays.EndAsync(id, _owner, state, note, progress.ReportJson(), Clock.Microseconds(time));
            LogEnded(id, state == ReplayState.Done ? "done" : note);
        }
        catch (Exception fault)
        {
            // Whoever holds it next finds nothing left to do, and ends it.
            LogFailed(fault, id);
        }
    }

    private async Task ReleaseAsync(long id, ReplayProgress progress, CancellationToken stopping)
    {
        try
        {
            if (stopping.IsCancellationRequested)
            {
                await replays.RenewAsync(id, _owner, 0, null, progress.ReportJson());
            }
        }
        catch (Exception fault)
        {
            LogFailed(fault, id);
        }
    }

    private long Until(TimeSpan lease) => Clock.Microseconds(time) + (long)lease.TotalMicroseconds;

    [LoggerMessage(Level = LogLevel.Information, Message = "Replay {Id} of {Topic} to {Handler} runs here")]
    private partial void LogBegun(long id, string topic, string handler);

    [LoggerMessage(Level = LogLevel.Information, Message = "Replay {Id} ended: {How}")]
    private partial void LogEnded(long id, string? how);

    [LoggerMessage(Level = LogLevel.Error, Message = "Replay {Id} failed")]
    private partial void LogFailed(Exception fault, long id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for replays: {Error}")]
    private partial void LogLookFailed(string error);
}
