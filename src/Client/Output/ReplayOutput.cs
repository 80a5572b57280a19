using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>Replays as tables and as JSON.</summary>
internal static class ReplayOutput
{
    public static object Document(ImmutableArray<Replay> replays) => new { Replays = replays.Select(Document) };

    public static object Document(Replay replay) => new
    {
        Id = replay.Id.ToString(CultureInfo.InvariantCulture),
        replay.Topic.Stream,
        replay.Topic.Topic,
        replay.Handler,
        replay.Shadow,
        replay.Source,
        replay.State,
        replay.Total,
        replay.Passed,
        replay.Books.Consumed,
        replay.Books.Handled,
        replay.Books.Ignored,
        replay.Books.Parked,
        replay.Books.Dropped,
        replay.CreatedBy,
        Created = TimeText.Exact(replay.CreatedMicroseconds),
        Ended = TimeText.Exact(replay.EndedMicroseconds),
        Targets = replay.Targets.IsDefault ? [] : replay.Targets,
        WouldChange = replay.Report is { } report ? Document(report) : null,
    };

    /// <summary>One line, safe for a terminal.</summary>
    public static string Progress(Replay replay) => SafeText.Line(string.Create(
        CultureInfo.InvariantCulture,
        $"replay {replay.Id} of {replay.Topic} to {replay.Handler}{For(replay)}: {replay.State}, {replay.Passed:N0} of {replay.Total:N0} ({(replay.Total == 0 ? 100 : 100 * replay.Passed / replay.Total)} %)"));

    private static string For(Replay replay) => replay.Targets.IsDefaultOrEmpty
        ? ""
        : $" for {string.Join(", ", replay.Targets.Take(3))}{(replay.Targets.Length > 3 ? $" and {replay.Targets.Length - 3} more" : "")}";

    public static void ShowList(Report report, ImmutableArray<Replay> replays)
    {
        if (replays.IsEmpty)
        {
            report.Line("There was no replay yet.");
            return;
        }

        var table = new TextTable("#Id", "=Ordered", "Topic", "Handler", "=Kind", "State", "#Passed", "#Of", "#Handled", "#Ignored", "#Parked");
        foreach (var replay in replays)
        {
            table.Row(
                replay.Id.ToString(CultureInfo.InvariantCulture),
                TimeText.Short(replay.CreatedMicroseconds),
                replay.Topic.ToString(),
                replay.Handler,
                replay.Shadow ? "shadow" : "real",
                Cell.State(replay.State, "done", "running", "queued", "cancelled"),
                replay.Passed,
                replay.Total,
                replay.Report is null ? replay.Books.Handled : replay.Report.New + replay.Report.Revision + replay.Report.Known,
                replay.Report?.Ignored ?? replay.Books.Ignored,
                Cell.Bad(replay.Report?.Parked ?? replay.Books.Parked));
        }

        table.Show(report);
    }

    public static void Show(Report report, Replay replay)
    {
        report.Line($"{Progress(replay)}, from {SourceOf(replay)}");
        if (replay.Report is { } shadow)
        {
            ShadowOutput.Show(report, shadow);
            return;
        }

        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{replay.Books.Consumed:N0} messages: {replay.Books.Handled:N0} handled, {replay.Books.Ignored:N0} ignored, {replay.Books.Parked:N0} parked, {replay.Books.Dropped:N0} dropped"));
        if (replay.Books.Parked > 0)
        {
            report.Line(SafeText.Line($"see: tom parked --topic {replay.Topic} --handler {replay.Handler}~replay-{replay.Id.ToString(CultureInfo.InvariantCulture)}"));
        }
    }

    private static string SourceOf(Replay replay) => replay.Source switch
    {
        "log" => "the log",
        "log and kafka" => "what is left of the log, then Kafka",
        _ => "Kafka",
    };

    private static object Document(ShadowReport report) => new
    {
        report.Messages,
        report.New,
        report.Revision,
        report.Known,
        report.Ignored,
        report.Parked,
        report.NewPoints,
        report.RevisedPoints,
        report.KnownPoints,
        report.NewTargets,
        report.TargetCount,
        Targets = report.Targets.Select(target => new { target.Name, target.IsNew, target.NewPoints, target.RevisedPoints, target.KnownPoints }),
        Reasons = report.Reasons.Select(reason => new { reason.Outcome, reason.Reason, reason.Messages }),
        Changes = report.Changes.Select(change => new { Id = change.Location.ToString(), change.Outcome, change.Detail }),
    };
}
