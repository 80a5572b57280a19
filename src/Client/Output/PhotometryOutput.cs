using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>A target's measurements as a table and as JSON.</summary>
internal static class PhotometryOutput
{
    public static object Document(Target target, ImmutableArray<PhotometryPoint> points) => new
    {
        Target = target.Name,
        Id = target.Id.ToString(CultureInfo.InvariantCulture),
        Total = points.Length,
        Points = points.Select(Point),
    };

    public static object Point(PhotometryPoint point) => new
    {
        Time = TimeText.Exact(point.Time.UtcMicroseconds),
        Mjd = TimeText.ExactMjd(point.Time.UtcMicroseconds),
        Band = point.Bandpass,
        point.Brightness,
        Error = point.BrightnessError,
        Unit = point.IsLimit ? null : BrightnessText.Unit(point.BrightnessUnit),
        Limit = point.LimitingBrightness,
        LimitError = point.LimitingBrightnessError,
        LimitUnit = point.LimitingBrightness is null ? null : BrightnessText.Unit(point.LimitingBrightnessUnit),
        point.LimitSigma,
        point.ExposureSeconds,
        point.Telescope,
        point.Instrument,
        point.Origin,
        point.MeasurementId,
        point.Observer,
        point.Comments,
        Retracted = point.IsRetracted,
        point.OtherRevisions,
        point.OtherOrigins,
        point.Key,
        Message = point.Provenance is { } message
            ? new
            {
                message.Location.Stream,
                message.Location.Topic,
                message.Location.Partition,
                message.Location.Offset,
                Id = message.MessageId,
                message.Sender,
                Time = TimeText.Exact(message.TimestampMicroseconds),
            }
            : null,
    };

    public static void Show(Report report, Target target, ImmutableArray<PhotometryPoint> points)
    {
        if (points.IsEmpty)
        {
            report.Line(SafeText.Line($"{target.Name} has no photometry yet."));
            return;
        }

        var table = new TextTable("=Time (UTC)", "#MJD", "Band", "Brightness", "Limit", "Telescope", "Instrument", "Origin", "");
        foreach (var point in points)
        {
            Func<string?, Cell> cell = point.IsRetracted ? Cell.Pale : text => text;
            table.Row(
                cell(TimeText.Short(point.Time.UtcMicroseconds)),
                cell(TimeText.Mjd(point.Time.Mjd)),
                cell(point.Bandpass),
                cell(BrightnessText.Measured(point)),
                cell(BrightnessText.Limit(point)),
                cell(point.Telescope),
                cell(point.Instrument),
                cell(point.Origin),
                cell(Remark(point)));
        }

        table.Show(report);
        report.Line(SafeText.Line($"{Counted.Of(points.Length, "point")} of {target.Name}"));
    }

    private static string Remark(PhotometryPoint point) => (point.IsRetracted, point.OtherRevisions) switch
    {
        (true, _) => "retracted",
        (_, > 0) => "revised",
        _ => point.OtherOrigins > 0 ? $"also by {Counted.Of(point.OtherOrigins, "other")}" : "",
    };
}
