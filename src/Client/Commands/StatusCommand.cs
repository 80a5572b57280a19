using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom status</c>: the TOM as a whole.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "status",
            "What is wrong, silos, streams with their lag, books per topic and handler, destinations.",
            "tom status",
            "tom status --json");
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var status = await run.Grains.Tom().GetStatusAsync();
            run.Report.Answer(StatusOutput.Document(status), () => StatusOutput.Show(run.Report, status, run.Now));
            return ExitCode.Done;
        }));
        return command;
    }
}
