using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target undo [ID]</c>: lists what can be undone, or undoes one.</summary>
internal static class TargetUndoCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = Parsed.Argument(
            "ID",
            "Which merge or removal; without it those are listed that can be undone.",
            (string text, out long? value) =>
            {
                value = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
                return value is not null;
            },
            "a number that tom target undo lists");
        id.Arity = ArgumentArity.ZeroOrOne;
        var command = new Verb(
            "undo",
            "Brings a merged or removed target back, within 30 days.",
            "tom target undo            (what can be undone)",
            "tom target undo 12")
        {
            id,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            if (run.Arguments.GetValue(id) is { } undo)
            {
                var undone = await run.Grains.TargetDirectory().UndoAsync(undo);
                run.Report.Answer(TargetUndoOutput.Document(undone), () => TargetUndoOutput.Show(run.Report, undone));
                return ExitCode.Done;
            }

            var undos = await run.Grains.TargetDirectory().ListUndosAsync();
            run.Report.Answer(new { Undos = undos.Select(TargetUndoOutput.Document) }, () => TargetUndoOutput.ShowList(run.Report, undos));
            return ExitCode.Done;
        }));
        return command;
    }
}
