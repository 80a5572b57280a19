using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>What a message says, decoded.</summary>
internal static class ReportOutput
{
    public static object? Document(AlertFormat? format, PhotometryReport? report) => format is not { } known ? null : new
    {
        Format = FormatText.Of(known),
        report?.Title,
        report?.Submitter,
        Targets = report?.Targets.Select(target => new { target.Name, Ra = target.RightAscensionDegrees, Dec = target.DeclinationDegrees, target.Aliases }),
        Points = report?.Points.Select(point => new { Target = point.TargetName, Point = PhotometryOutput.Point(point.Point) }),
        Refused = report?.Faults.Select(fault => new { fault.Path, fault.Reason }),
    };

    public static void AddTo(TextTable table, AlertFormat? format, PhotometryReport? report)
    {
        if (format is not { } known)
        {
            return;
        }

        table.Row("Format", FormatText.Of(known));
        if (report is null)
        {
            return;
        }

        table.Row("Title", report.Title ?? "").Row("Submitter", report.Submitter ?? "");
        foreach (var target in report.Targets)
        {
            table.Row("Target", target.Name);
        }

        foreach (var (target, point) in report.Points)
        {
            table.Row("Point", $"{target}: {TimeText.Short(point.Time.UtcMicroseconds)} {point.Bandpass} {BrightnessText.Either(point)}");
        }
    }
}
