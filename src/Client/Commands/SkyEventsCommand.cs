using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.SkyEvents;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom events</c>: what circulars and notices tell of, newest first.</summary>
internal static class SkyEventsCommand
{
    private static readonly Option<string> Topic = new("--topic") { HelpName = "topic", Description = "Only events with a message of this topic, with or without its stream." };

    private static readonly Option<long?> Since = Parsed.Time("--since", "Only events with news of this time or later: an RFC 3339 time or a date.");

    private static readonly Option<SkyEventKind?> Kind = Parsed.Option(
        "--kind",
        "kind",
        "Only circulars, or only notices.",
        (string text, out SkyEventKind? value) =>
        {
            value = text switch { "circular" => SkyEventKind.Circular, "notice" => SkyEventKind.Notice, _ => null };
            return value is not null;
        },
        "circular or notice");

    private static readonly Option<string> Target = new("--target") { HelpName = "name", Description = "Only events that this target is linked with, by name or position." };

    private static readonly Option<string> Text = new("--text") { HelpName = "text", Description = "Only events with this text in their id, names, title or body, whatever the case." };

    public static Command Create(CommandRunner runner)
    {
        var page = new PageOptions();
        var command = new Verb(
            "events",
            "What GCN's circulars and notices tell of, newest first.",
            "tom events",
            "tom events --text 'GRB 260102A'",
            "tom events --topic gcn.circulars --since 2026-11-01 --limit 20",
            "tom events --kind notice --target 'NGC 4993'",
            "tom events --json")
        {
            Topic, Since, Kind, Target, Text,
        };
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var query = new SkyEventQuery
            {
                Topic = run.Arguments.GetValue(Topic),
                SinceMicroseconds = run.Arguments.GetValue(Since),
                Kind = run.Arguments.GetValue(Kind),
                Target = run.Arguments.GetValue(Target),
                Text = run.Arguments.GetValue(Text),
                Limit = page.Limit(run.Arguments),
                Offset = page.Offset(run.Arguments),
            };
            var events = await run.Grains.SkyEvents().ListAsync(query);
            run.Report.Answer(SkyEventOutput.Document(events), () => SkyEventOutput.ShowList(run.Report, events, query.Offset));
            return ExitCode.Done;
        }));
        return command;
    }
}
