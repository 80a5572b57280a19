using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target edit NAME</c>: changes what is given and leaves the rest.</summary>
internal static class TargetEditCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var rename = new Option<string>("--rename") { HelpName = "name", Description = "Another name; the one before stays as an alias." };
        var facts = new FactOptions();
        var command = new Verb(
            "edit",
            "Changes what is given of a target, and leaves the rest.",
            "tom target edit 'AT 2026ab' --rename 'SN 2026ab' --field type=Ia",
            "tom target edit 'SN 2026ab' --ra 05:34:31.94 --dec +22:00:52.2 --set epoch=2000",
            "tom target edit 'SN 2026ab' --unset parallax --no-field host")
        {
            name, rename,
        };
        facts.AddTo(command, withTakingAway: true);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var before = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            var edit = facts.Apply(TargetEdit.Of(before), run.Arguments);
            var target = await run.Grains.Target(before.Id).EditAsync(edit with { Name = run.Arguments.GetValue(rename) ?? edit.Name });
            run.Report.Answer(TargetOutput.Document(target), () => TargetOutput.Show(run.Report, target));
            return ExitCode.Done;
        }));
        return command;
    }
}
