using System.CommandLine;
using TomOrleans.Alerts;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom parked drop</c>: gives messages up for good. Asks first where somebody can answer.</summary>
internal static class ParkedDropCommand
{
    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var choice = new ParkedChoice();
        var yes = new Option<bool>("--yes") { Description = "Do not ask; needed where standard input is no terminal." };
        var command = new Verb(
            "drop",
            "Gives parked messages up, with their bytes; reason and times stay. Asks first.",
            "tom parked drop 12",
            "tom parked drop --all --topic hermes.test --handler hermes",
            "tom parked drop --all --yes --json");
        choice.AddTo(command);
        command.Add(yes);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(yes) && !surroundings.InIsTerminal)
            {
                result.AddError("dropping cannot be undone and nobody is here to be asked: give --yes");
            }
        });
        command.SetAction(runner.Connected(async (run, cancellationToken) =>
        {
            var selection = choice.Of(run.Arguments);
            if (!run.Arguments.GetValue(yes) && !await ConfirmAsync(run, selection))
            {
                throw new RefusedException("nothing was dropped");
            }

            var total = await run.Report.WhileWaiting("dropping", _ => RunAsync(run.Grains.Parked(), selection, cancellationToken));
            run.Report.Answer(ParkedFateOutput.Document(total), () => ParkedFateOutput.Show(run.Report, total));
            return total.NotDropped.IsEmpty ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static async Task<bool> ConfirmAsync(CommandRun run, ParkedSelection selection)
    {
        var count = selection.All
            ? (await run.Grains.Parked().ListAsync(new() { Topic = selection.Topic, Handler = selection.Handler, Limit = 1 })).Total
            : selection.Ids.Distinct().Count();
        var surroundings = run.Report.Surroundings;

        // The question is no part of the answer: standard output may go to a program.
        surroundings.Error.Write($"Drop {Counted.Of(count, "parked message")} for good? [y/N] ");
        return surroundings.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static async Task<ParkedDropped> RunAsync(IParkedGrain parked, ParkedSelection selection, CancellationToken cancellationToken)
    {
        var total = new ParkedDropped { Next = selection.After };
        while (total.Next is { } after && !cancellationToken.IsCancellationRequested)
        {
            var part = await parked.DropAsync(selection with { After = after });
            total = new() { Dropped = total.Dropped + part.Dropped, NotDropped = [.. total.NotDropped, .. part.NotDropped], Next = part.Next };
        }

        return total;
    }
}
