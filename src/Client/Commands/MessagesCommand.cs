using System.CommandLine;
using TomOrleans.Alerts;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom messages</c>: what the message log holds, newest last; with <c>--follow</c> what comes, until it is stopped.</summary>
internal static class MessagesCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly Option<string> Topic = new("--topic") { HelpName = "topic", Description = "Only messages of this topic, with or without its stream." };

    private static readonly Option<long?> Since = Parsed.Time("--since", "Only messages of this time or later: an RFC 3339 time or a date.");

    private static readonly Option<int?> Limit = Parsed.Number("--limit", "At most so many, the newest (default 20).", 1, 1_000);

    private static readonly Option<bool> Follow = new("--follow") { Description = "Go on with what comes, until Ctrl-C; with --json one document a line." };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "messages",
            "The messages kept from topics with ARCHIVE, newest last.",
            "tom messages",
            "tom messages --topic hermes.test --since 2026-11-01 --limit 100",
            "tom messages --follow",
            "tom messages --json")
        {
            Topic, Since, Limit, Follow,
        };
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var query = new MessageQuery
        {
            Topic = run.Arguments.GetValue(Topic),
            SinceMicroseconds = run.Arguments.GetValue(Since),
            Limit = run.Arguments.GetValue(Limit) ?? 20,
        };
        var page = await run.Grains.Messages().ListAsync(query);
        if (run.Arguments.GetValue(Follow))
        {
            await FollowAsync(run, query, page, cancellationToken);
            return ExitCode.Done;
        }

        run.Report.Answer(MessageOutput.Document(page), () => MessageOutput.ShowList(run.Report, page));
        return ExitCode.Done;
    }

    private static async Task FollowAsync(CommandRun run, MessageQuery query, MessagePage page, CancellationToken cancellationToken)
    {
        var feed = new MessageFeed();
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var message in feed.New(page.Messages))
            {
                run.Report.Item(MessageOutput.Document(message), MessageOutput.Line(message));
            }

            try
            {
                await Task.Delay(Pause, run.Report.Surroundings.Time, cancellationToken);
                page = await run.Grains.Messages().ListAsync(query with { After = feed.After, Limit = MessageFeed.Window }).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
