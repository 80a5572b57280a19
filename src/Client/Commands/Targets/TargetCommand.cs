using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target NAME</c>: one target; the verbs that change targets stand beside it.</summary>
internal static class TargetCommand
{
    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name or alias of the target (case, blanks, -, _ and brackets do not count), or a part that only one has.",
        };
        var command = new Verb(
            "target",
            "One target: names, coordinates, fields, latest measurement; or what is to become of it.",
            "tom target SIM-001",
            "tom target 'SN 2026ab' --json",
            "tom target add 'SN 2026ab' --ra 05:34:31.9 --dec +22:00:52",
            "tom target edit 'SN 2026ab' --field type=Ia",
            "tom target alias add 'SN 2026ab' ZTF26aabcdef",
            "tom target merge 'AT 2026xy' 'SN 2026ab'",
            "tom target remove 'AT 2026xy'",
            "tom target undo",
            "tom target -- add     (a target that is called add)")
        {
            name,
            TargetAddCommand.Create(runner),
            TargetEditCommand.Create(runner),
            TargetAliasCommand.Create(runner),
            TargetMergeCommand.Create(runner, surroundings),
            TargetRemoveCommand.Create(runner, surroundings),
            TargetUndoCommand.Create(runner),
            TargetSearchLogCommand.Create(runner),
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var target = await run.Grains.TargetDirectory().FindByTextAsync(run.Arguments.GetRequiredValue(name));
            run.Report.Answer(TargetOutput.Document(target), () => TargetOutput.Show(run.Report, target));
            return ExitCode.Done;
        }));
        return command;
    }
}
