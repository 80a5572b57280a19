using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom event ID</c>: one event with the text of one of its versions.</summary>
internal static class SkyEventCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The event's id as tom events shows it, a circular's number, or a name that it alone has." };
        var version = Parsed.Number("--version", "Which version's text (default: the latest).", 1, int.MaxValue);
        var command = new Verb(
            "event",
            "One event: what is known of it, its versions, its targets, the text of one version.",
            "tom event GCN-40001",
            "tom event S230518h --version 1",
            "tom event 'GRB 260102A' --json")
        {
            id, version,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var detail = await run.Grains.SkyEvents().GetAsync(run.Arguments.GetRequiredValue(id), run.Arguments.GetValue(version));
            run.Report.Answer(SkyEventOutput.Document(detail), () => SkyEventOutput.Show(run.Report, detail));
            return ExitCode.Done;
        }));
        return command;
    }
}
