using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>What a replay would change.</summary>
internal static class ShadowOutput
{
    private const int MostRows = 20;

    public static void Show(Report report, ShadowReport shadow)
    {
        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Nothing was changed. Of {shadow.Messages:N0} messages {shadow.New:N0} are new, {shadow.Revision:N0} revise, {shadow.Known:N0} are known, {shadow.Ignored:N0} would be ignored, {shadow.Parked:N0} parked."));
        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Points: {shadow.NewPoints:N0} new, {shadow.RevisedPoints:N0} revised, {shadow.KnownPoints:N0} known, for {Counted.Of(shadow.TargetCount, "target")}, of which {shadow.NewTargets:N0} would be made."));
        ShowTargets(report, shadow);
        if (!shadow.Reasons.IsEmpty)
        {
            var table = new TextTable("=Outcome", "#Messages", "Reason");
            foreach (var reason in shadow.Reasons.Take(MostRows))
            {
                table.Row(reason.Outcome, reason.Messages, reason.Reason);
            }

            table.Show(report);
        }
    }

    private static void ShowTargets(Report report, ShadowReport shadow)
    {
        var changed = shadow.Targets.Where(target => target.NewPoints + target.RevisedPoints > 0).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        var table = new TextTable("Target", "=", "#New", "#Revised", "#Known");
        foreach (var target in changed.Take(MostRows))
        {
            table.Row(target.Name, target.IsNew ? "would be made" : "", target.NewPoints, target.RevisedPoints, target.KnownPoints);
        }

        table.Show(report);
        if (changed.Count > MostRows)
        {
            report.Line("More of them, and the first messages, with --json.");
        }
    }
}
