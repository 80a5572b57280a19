using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom share show ID</c>: one share with every try of it.</summary>
internal static class ShareShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = ShareArgument.Create();
        var sent = Parsed.Option(
            "--sent",
            "part",
            "Print what is sent for this part (from 1), and nothing else: the message byte for byte; to another TOM its requests.",
            (string text, out int? value) =>
            {
                value = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
                return value is not null;
            },
            "the number of a part, from 1");
        var command = new Verb(
            "show",
            "One share: state, receipts, and every try: when, and what came back. What was sent is the same each time: --sent prints it.",
            "tom share show 12",
            "tom share show 12 --sent 1",
            "tom share show 12 --json")
        {
            id, sent,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var share = run.Arguments.GetRequiredValue(id);
            if (run.Arguments.GetValue(sent) is { } part)
            {
                var body = await run.Grains.Shares().GetBodyAsync(share, part - 1);
                run.Report.Answer(new { Part = part, Sent = body }, () => run.Report.Line(SafeText.Lines(body)));
                return ExitCode.Done;
            }

            var detail = await run.Grains.Shares().GetDetailAsync(share);
            run.Report.Answer(ShareOutput.Document(detail), () => ShareDetailOutput.Show(run.Report, detail));
            return ExitCode.Done;
        }));
        return command;
    }
}
