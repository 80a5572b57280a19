using TomOrleans.Client.Output;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Commands;

/// <summary>Waits until a share has ended. The share is durable: whatever ends the waiting, it goes on.</summary>
internal static class ShareWait
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(CommandRun run, Share share, CancellationToken cancellationToken)
    {
        try
        {
            share = await run.Report.WhileWaiting(Waiting(share), show => UntilEndedAsync(run, share, show, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new RefusedException($"stopped waiting; share {share.Id} stays queued and is sent all the same; see: tom share show {share.Id}");
        }
        catch (Exception failure) when (failure is not TomException)
        {
            throw new RefusedException(
                $"lost sight of share {share.Id} ({failure.GetType().Name}); it stays queued and is sent all the same; see: tom share show {share.Id}",
                failure);
        }

        run.Report.Answer(ShareOutput.Document(share), () =>
        {
            if (share.State == ShareState.Delivered)
            {
                run.Report.Line(SafeText.Line(
                    $"share {share.Id}: {ShareOutput.Content(share)} delivered to {ShareOutput.Destination(share)}, "
                    + $"receipt {string.Join(", ", share.Receipts)}"));
            }
        });
        return share.State == ShareState.Delivered ? ExitCode.Done : throw new RefusedException(Refusal(share));
    }

    private static async Task<Share> UntilEndedAsync(CommandRun run, Share share, Action<string> show, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (share.State is ShareState.Queued or ShareState.Sending)
        {
            await Task.Delay(pause, run.Report.Surroundings.Time, cancellationToken);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
            share = await run.Grains.Shares().GetAsync(share.Id).WaitAsync(cancellationToken);
            show(Waiting(share));
        }

        return share;
    }

    private static string Waiting(Share share) =>
        SafeText.Line($"share {share.Id} {ShareOutput.State(share)}{(share.LastError is { } error ? $": {error}" : "")}");

    private static string Refusal(Share share) => share.State switch
    {
        ShareState.Rejected => $"share {share.Id} was rejected by {share.Destination}: {share.LastError}",
        ShareState.Unconfirmed =>
            $"nobody can say whether share {share.Id} arrived at {share.Destination}: {share.LastError}. Look there before it is sent again",
        _ => $"share {share.Id} was cancelled before it was sent",
    };
}
