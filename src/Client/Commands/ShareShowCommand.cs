using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom share show ID</c>: one share with its receipts or the destination's words.</summary>
internal static class ShareShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = Parsed.Argument(
            "ID",
            "The share's id, as tom shares shows it.",
            (string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
            "the id of a share: a whole number; tom shares lists them");
        var command = new Verb("show", "One share: state, receipts, the destination's words.", "tom share show 12", "tom share show 12 --json")
        {
            id,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var share = await run.Grains.Shares().GetAsync(run.Arguments.GetRequiredValue(id));
            run.Report.Answer(ShareOutput.Document(share), () => ShareOutput.Show(run.Report, share));
            return ExitCode.Done;
        }));
        return command;
    }
}
