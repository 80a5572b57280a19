using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target remove NAME</c>. Asks first where somebody can answer.</summary>
internal static class TargetRemoveCommand
{
    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var name = TargetArgument.Create();
        var confirmation = new Confirmation(surroundings);
        var command = new Verb(
            "remove",
            "Removes a target with all its points. Can be undone for 30 days.",
            "tom target remove 'AT 2026xy'",
            "tom target remove 'AT 2026xy' --yes --json")
        {
            name,
        };
        confirmation.AddTo(command, "a target is removed with its points");
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var target = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            confirmation.Ask(run.Arguments, SafeText.Line($"Remove {target.Name} with {Counted.Of(target.Points, "point")}?"), "nothing was removed");
            var undo = await run.Grains.TargetDirectory().RemoveAsync(target.Id);
            run.Report.Answer(TargetUndoOutput.Document(undo), () => TargetUndoOutput.ShowRemoved(run.Report, undo));
            return ExitCode.Done;
        }));
        return command;
    }
}
