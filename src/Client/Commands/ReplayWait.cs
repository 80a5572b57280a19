using TomOrleans.Alerts;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary>Waits until a replay has ended. The replay is durable: whatever ends the waiting, it goes on.</summary>
internal static class ReplayWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<Replay> RunAsync(CommandRun run, Replay replay, CancellationToken cancellationToken)
    {
        try
        {
            return await run.Report.WhileWaiting(ReplayOutput.Progress(replay), show => UntilEndedAsync(run, replay, show, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new RefusedException($"stopped waiting; replay {replay.Id} goes on; see: tom replay show {replay.Id}, or end it: tom replay cancel {replay.Id}");
        }
        catch (Exception failure) when (failure is not TomException)
        {
            throw new RefusedException($"lost sight of replay {replay.Id} ({failure.GetType().Name}); it goes on all the same; see: tom replay show {replay.Id}", failure);
        }
    }

    private static async Task<Replay> UntilEndedAsync(CommandRun run, Replay replay, Action<string> show, CancellationToken cancellationToken)
    {
        while (!replay.HasEnded)
        {
            await Task.Delay(Pause, run.Report.Surroundings.Time, cancellationToken);
            replay = await run.Grains.Replays().GetAsync(replay.Id).WaitAsync(cancellationToken);
            show(ReplayOutput.Progress(replay));
        }

        return replay;
    }
}
