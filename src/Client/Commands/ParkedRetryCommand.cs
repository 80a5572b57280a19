using System.CommandLine;
using TomOrleans.Alerts;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom parked retry</c>: sends messages through their handlers again.</summary>
internal static class ParkedRetryCommand
{
    public static Command Create(CommandRunner runner)
    {
        var choice = new ParkedChoice();
        var command = new Verb(
            "retry",
            "Sends parked messages through their handlers again; exit code 1 when any of them stays parked.",
            "tom parked retry 12 13",
            "tom parked retry --all --topic hermes.test --handler hermes",
            "tom parked retry --all --json");
        choice.AddTo(command);
        command.SetAction(runner.Connected(async (run, cancellationToken) =>
        {
            var selection = choice.Of(run.Arguments);
            var total = await run.Report.WhileWaiting("retrying", _ => RunAsync(run.Grains.Parked(), selection, cancellationToken));
            run.Report.Answer(ParkedFateOutput.Document(total), () => ParkedFateOutput.Show(run.Report, total));
            return total.StillParked.IsEmpty && total.NotTried.IsEmpty ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    /// <summary>Call after call, until the selection is done; stopped in between, what was tried is told.</summary>
    private static async Task<ParkedRetried> RunAsync(IParkedGrain parked, ParkedSelection selection, CancellationToken cancellationToken)
    {
        var total = new ParkedRetried { Next = selection.After };
        while (total.Next is { } after && !cancellationToken.IsCancellationRequested)
        {
            var part = await parked.RetryAsync(selection with { After = after });
            total = new()
            {
                Handled = total.Handled + part.Handled,
                Ignored = total.Ignored + part.Ignored,
                StillParked = [.. total.StillParked, .. part.StillParked],
                NotTried = [.. total.NotTried, .. part.NotTried],
                Next = part.Next,
            };
        }

        return total;
    }
}
