using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom shares</c>: the outbox and its history.</summary>
internal static class SharesCommand
{
    private static readonly string[] States = [.. Enum.GetValues<ShareState>().Select(ShareOutput.Word)];

    public static Command Create(CommandRunner runner)
    {
        var destination = new Option<string>("--destination") { HelpName = "name", Description = "Only shares to this destination." };
        var state = Parsed.Option(
            "--state",
            "state",
            $"Only shares in this state: {string.Join(", ", States)}.",
            (string text, out ShareState? value) =>
            {
                var at = Array.IndexOf(States, text);
                value = at >= 0 ? Enum.GetValues<ShareState>()[at] : null;
                return at >= 0;
            },
            $"one of {string.Join(", ", States)}");
        state.CompletionSources.Add(States);
        var page = new PageOptions();
        var command = new Verb(
            "shares",
            "The outbox and its history, newest first, with receipts or the destination's words.",
            "tom shares",
            "tom shares --state rejected",
            "tom shares --destination hermes --limit 20 --json")
        {
            destination,
            state,
        };
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var offset = page.Offset(run.Arguments);
            var shares = await run.Grains.Shares().ListAsync(new()
            {
                Destination = run.Arguments.GetValue(destination),
                State = run.Arguments.GetValue(state),
                Limit = page.Limit(run.Arguments),
                Offset = offset,
            });
            run.Report.Answer(ShareOutput.Document(shares), () => ShareOutput.ShowList(run.Report, shares, offset));
            return ExitCode.Done;
        }));
        return command;
    }
}
