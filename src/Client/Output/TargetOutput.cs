using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using TomOrleans.SkyEvents;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Targets as tables and as JSON.</summary>
internal static class TargetOutput
{
    /// <summary>One target with the events that name it, or that may be where it is.</summary>
    public static object Document(Target target, ImmutableArray<TargetSkyEvent> events) => Document(target, SkyEventOutput.Document(events));

    public static object Document(TargetPage page) => new { page.Total, Targets = page.Targets.Select(target => Document(target)) };

    private static Fields Document(Target target, object? events = null) => new(
        target.Id.ToString(CultureInfo.InvariantCulture),
        target.Name,
        target.Aliases,
        target.RightAscensionDegrees,
        target.DeclinationDegrees,
        target.Points,
        TimeText.Exact(target.LatestMicroseconds),
        target.Latest is { } latest ? PhotometryOutput.Point(latest) : null,
        TimeText.Exact(target.CreatedMicroseconds),
        target.CreatedBy,
        events);

    public static void ShowList(Report report, TargetPage page, int offset)
    {
        if (page.Targets.IsEmpty)
        {
            report.Line(page.Total == 0 ? "No targets." : $"No targets from offset {offset}; there are {page.Total:N0}.");
            return;
        }

        var table = new TextTable("Name", "#RA [deg]", "#Dec [deg]", "#Points", "=Latest", "Band", "Brightness");
        foreach (var target in page.Targets)
        {
            table.Row(
                target.Name,
                SkyText.Degrees(target.RightAscensionDegrees),
                SkyText.Degrees(target.DeclinationDegrees),
                target.Points,
                TimeText.Short(target.LatestMicroseconds),
                target.Latest?.Bandpass,
                target.Latest is { } latest ? BrightnessText.Either(latest) : "");
        }

        table.Show(report);
        Paging.Show(report, offset, page.Targets.Length, page.Total, "targets");
    }

    public static void Show(Report report, Target target, ImmutableArray<TargetSkyEvent> events)
    {
        var table = TextTable.OfFacts().Row("Target", target.Name);
        table.Row("Aliases", target.Aliases.IsEmpty ? "none" : string.Join(", ", target.Aliases));
        if (target is { RightAscensionDegrees: { } rightAscension, DeclinationDegrees: { } declination })
        {
            table.Row("RA, Dec [deg, ICRS]", $"{SkyText.Degrees(rightAscension)}, {SkyText.Degrees(declination)}");
            table.Row("RA, Dec [h m s, d m s]", $"{SkyText.Hours(rightAscension)} {SkyText.Declination(declination)}");
        }
        else
        {
            table.Row("RA, Dec", "unknown");
        }

        table.Row("Points", target.Points);
        if (target.Latest is { } latest)
        {
            table.Row("Latest", $"{TimeText.Short(target.LatestMicroseconds)}  {latest.Bandpass}  {BrightnessText.Either(latest)}  by {latest.Origin}");
        }

        table.Row("Made", $"{TimeText.Short(target.CreatedMicroseconds)} by {target.CreatedBy}");
        table.Row("Id", target.Id.ToString(CultureInfo.InvariantCulture));
        SkyEventOutput.AddTo(table, events);
        table.Show(report);
    }

    /// <summary>A target in JSON; its events only where they were asked for.</summary>
    private sealed record Fields(
        string Id,
        string Name,
        ImmutableArray<string> Aliases,
        double? Ra,
        double? Dec,
        long Points,
        string? LatestTime,
        object? Latest,
        string? Created,
        string CreatedBy,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Events);
}
