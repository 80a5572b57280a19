using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom retractions</c>: what others withdrew.</summary>
internal static class RetractionsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var page = new PageOptions();
        var command = new Verb(
            "retractions",
            "Messages that others withdrew after they were read here: what they had brought, and the shares by which this TOM had passed it on; newest first.",
            "tom retractions",
            "tom retractions --json",
            "tom share retract 12        (withdraws what this TOM passed on)");
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var offset = page.Offset(run.Arguments);
            var retractions = await run.Grains.Retractions().ListAsync(page.Limit(run.Arguments), offset);
            run.Report.Answer(RetractionOutput.Document(retractions), () => RetractionOutput.Show(run.Report, retractions, offset));
            return ExitCode.Done;
        }));
        return command;
    }
}
