using System.Globalization;
using System.Text;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>
/// The TOM Toolkit's download: columns in the order of the alphabet, times as it writes them, the target by its number, a flux as a magnitude with its unit. Columns it does not have (a download has
/// those of whatever values it holds) keep the rest of a point. A datum of the Toolkit has one unit, in which it would read <c>limit</c>: one in another unit has columns of its own.
/// </summary>
internal sealed class ToolkitCsvWriter : IPhotometryFileWriter
{
    private static readonly (string Name, Func<Target, PhotometryPoint, string> Text)[] Columns =
    [
        ("comments", (_, point) => Text(point.Comments)),
        ("data_product", (_, _) => ""),
        ("data_type", (_, _) => "photometry"),
        ("error", (_, point) => ExportRow.Number(point.BrightnessError)),
        ("exposure_time", (_, point) => ExportRow.Number(point.ExposureSeconds)),
        ("filter", (_, point) => Text(point.Bandpass)),
        ("instrument", (_, point) => Text(point.Instrument)),
        ("limit", (_, point) => ExportRow.Number(point.LimitingBrightness, HasOneUnit(point))),
        ("limit_error", (_, point) => ExportRow.Number(point.LimitingBrightnessError, HasOneUnit(point))),
        ("limit_sigma", (_, point) => ExportRow.Number(point.LimitSigma)),
        ("limiting_brightness", (_, point) => ExportRow.Number(point.LimitingBrightness, !HasOneUnit(point))),
        ("limiting_brightness_error", (_, point) => ExportRow.Number(point.LimitingBrightnessError, !HasOneUnit(point))),
        ("limiting_brightness_unit", (_, point) => HasOneUnit(point) ? "" : UnitNames.Of(point.LimitingBrightnessUnit)),
        ("magnitude", (_, point) => ExportRow.Number(point.Brightness)),
        ("measurement_id", (_, point) => Text(point.MeasurementId)),
        ("observer", (_, point) => Text(point.Observer)),
        ("source_location", (_, point) => Text(point.Provenance?.Location.ToString())),
        ("source_name", (_, point) => Text(point.Origin)),
        ("target", (target, _) => target.Id.ToString(CultureInfo.InvariantCulture)),
        ("telescope", (_, point) => Text(point.Telescope)),
        ("timestamp", (_, point) => CanonicalTime.Format(point.Time.UtcMicroseconds)),
        ("unit", (_, point) => UnitNames.Of(point.IsLimit ? point.LimitingBrightnessUnit : point.BrightnessUnit)),
    ];

    public bool HoldsRetracted => false;

    public void Head(StringBuilder text, Target target) => text.AppendJoin(',', Columns.Select(column => column.Name)).Append('\n');

    public void Point(StringBuilder text, Target target, PhotometryPoint point) => text.AppendJoin(',', Columns.Select(column => column.Text(target, point))).Append('\n');

    public void Foot(StringBuilder text)
    {
    }

    private static bool HasOneUnit(PhotometryPoint point) => point.IsLimit || point.LimitingBrightness is null || point.LimitingBrightnessUnit == point.BrightnessUnit;

    private static string Text(string? text) => CsvText.Safe(CsvText.OneLine(text ?? ""));
}
