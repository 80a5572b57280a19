using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Sharing.Continuous;

/// <summary>
/// Has what waits for continuous shares gathered: soon after this silo's writer left something, and every 30 s, for what a silo that is gone left behind. Without orders it only asks for an
/// empty table twice a minute. Register it after Orleans: it calls grains.
/// </summary>
public sealed partial class ContinuousService : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks, however much comes.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private readonly ContinuousGatherer _gatherer;
    private readonly GroupCommitWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger<ContinuousService> _log;
    private volatile TaskCompletionSource _ordered = NewSignal();

    public ContinuousService(ContinuousGatherer gatherer, GroupCommitWriter writer, TimeProvider time, ILogger<ContinuousService> log)
    {
        (_gatherer, _writer, _time, _log) = (gatherer, writer, time, log);
        _writer.PointsOrdered += LookNow;
    }

    /// <summary>Something new waits. Returns at once.</summary>
    public void LookNow() => _ordered.TrySetResult();

    public override void Dispose()
    {
        _writer.PointsOrdered -= LookNow;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Before the look: what comes during it is not overheard.
            var ordered = _ordered = NewSignal();
            var wait = await TryAsync(stoppingToken) ?? Period;
            wait = wait < Shortest ? Shortest : wait < Period ? wait : Period;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(wait, _time, ended.Token), SoonAfterAsync(ordered.Task, ended.Token));
            await ended.CancelAsync();
        }
    }

    private async Task SoonAfterAsync(Task ordered, CancellationToken ended)
    {
        await ordered.WaitAsync(ended);
        await Task.Delay(Shortest, _time, ended);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<TimeSpan?> TryAsync(CancellationToken stopping)
    {
        try
        {
            return await _gatherer.GatherAsync();
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogFailed(fault, Period);
            return Period;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits for continuous shares could not be looked at; next try in {Pause}")]
    private partial void LogFailed(Exception fault, TimeSpan pause);
}
