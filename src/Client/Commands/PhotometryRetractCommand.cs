using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom photometry retract NAME KEY...</c>: withdraws measurements, or takes that back.</summary>
internal static class PhotometryRetractCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var keys = new Argument<string[]>("KEY")
        {
            Description = "Of the points, as --revisions shows them: the first 16 digits for a measurement with all its values, the whole key for one value.",
            Arity = ArgumentArity.OneOrMore,
        };
        var undo = new Option<bool>("--undo") { Description = "Take a withdrawal back." };
        var command = new Verb(
            "retract",
            "Withdraws measurements of a target: they are kept, shown pale and not shared. Where an earlier value of a measurement is left, that is shown.",
            "tom photometry retract SIM-001 0123456789abcdef",
            "tom photometry retract SIM-001 0123456789abcdef.fedcba9876543210 --undo")
        {
            name, keys, undo,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var target = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            var retracted = !run.Arguments.GetValue(undo);
            var changed = await run.Grains.TargetPhotometry(target.Id).RetractAsync([.. run.Arguments.GetRequiredValue(keys)], retracted);
            run.Report.Answer(
                new { Target = target.Name, Changed = changed, Retracted = retracted },
                () => run.Report.Line(SafeText.Line($"{Counted.Of(changed, "value")} of {target.Name} {(retracted ? "withdrawn" : "no longer withdrawn")}{(changed == 0 ? ": it was so before" : "")}")));
            return ExitCode.Done;
        }));
        return command;
    }
}
