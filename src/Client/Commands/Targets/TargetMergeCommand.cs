using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target merge FROM INTO</c>. Asks first where somebody can answer.</summary>
internal static class TargetMergeCommand
{
    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var from = new Argument<string>("FROM") { Description = "Name or alias of the target that goes." };
        var into = new Argument<string>("INTO") { Description = "Name or alias of the target that stays, and gets its points, names, lists and fields." };
        var confirmation = new Confirmation(surroundings);
        var command = new Verb(
            "merge",
            "Makes one target of two: points, names, lists and shares of the first are the second's from then on. Can be undone for 30 days.",
            "tom target merge 'AT 2026xy' 'SN 2026ab'",
            "tom target merge 'AT 2026xy' 'SN 2026ab' --yes --json")
        {
            from, into,
        };
        confirmation.AddTo(command, "two targets become one");
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var directory = run.Grains.TargetDirectory();
            var goes = await directory.FindAsync(run.Arguments.GetRequiredValue(from));
            var stays = await directory.FindAsync(run.Arguments.GetRequiredValue(into));
            confirmation.Ask(
                run.Arguments,
                SafeText.Line($"Merge {goes.Name} ({Counted.Of(goes.Points, "point")}) into {stays.Name} ({Counted.Of(stays.Points, "point")})?"),
                "nothing was merged");
            var merged = await directory.MergeAsync(goes.Id, stays.Id);
            run.Report.Answer(TargetUndoOutput.Document(merged), () => TargetUndoOutput.Show(run.Report, merged));
            return ExitCode.Done;
        }));
        return command;
    }
}
