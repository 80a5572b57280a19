using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Every stored value of a target's measurements, as a table and as JSON.</summary>
internal static class HistoryOutput
{
    public static object Document(Target target, ImmutableArray<PointHistory> history) => new
    {
        Target = target.Name,
        Id = target.Id.ToString(CultureInfo.InvariantCulture),
        Total = history.Length,
        Values = history.Select(entry => new { entry.IsShown, entry.ShownAs, Point = PhotometryOutput.Point(entry.Point) }),
    };

    public static void Show(Report report, Target target, ImmutableArray<PointHistory> history)
    {
        if (history.IsEmpty)
        {
            report.Line(SafeText.Line($"{target.Name} has no photometry yet."));
            return;
        }

        var table = new TextTable("Key", "=Time (UTC)", "Band", "Brightness", "Limit", "Origin", "", "Came by", "Stated");
        foreach (var (point, isShown, shownAs) in history)
        {
            Func<string?, Cell> cell = isShown && !point.IsRetracted ? text => text : Cell.Pale;
            table.Row(
                cell(point.Key),
                cell(TimeText.Short(point.Time.UtcMicroseconds)),
                cell(point.Bandpass),
                cell(BrightnessText.Measured(point)),
                cell(BrightnessText.Limit(point)),
                cell(point.Origin),
                cell(Standing(point, isShown, shownAs)),
                cell(point.Provenance?.Location.ToString()),
                cell(point.Provenance is { } message ? TimeText.Short(message.TimestampMicroseconds) : ""));
        }

        table.Show(report);
        report.Line(SafeText.Line($"{Counted.Of(history.Length, "value")} of {Counted.Of(history.Count(entry => entry.IsShown), "point")} of {target.Name}"));
    }

    private static string Standing(PhotometryPoint point, bool isShown, string shownAs) =>
        point.IsRetracted ? "retracted"
        : isShown ? "shown"
        : point.Key is { } key && key.Split('.')[0] == shownAs.Split('.')[0] ? "revised"
        : "another origin, the same value";
}
