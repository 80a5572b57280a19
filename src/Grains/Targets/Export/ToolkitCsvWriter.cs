using System.Globalization;
using System.Text;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>
/// The TOM Toolkit's download: columns in the order of the alphabet, times as it writes them, the target by its number, a flux as a magnitude with its unit. Two lines for a detection with a limit in
/// another unit, as a Toolkit's datum has one unit.
/// </summary>
internal sealed class ToolkitCsvWriter : IPhotometryFileWriter
{
    public bool HoldsRetracted => false;

    public void Head(StringBuilder text, Target target) =>
        text.Append("data_product,data_type,error,filter,instrument,limit,magnitude,source_location,source_name,target,telescope,timestamp,unit\n");

    public void Point(StringBuilder text, Target target, PhotometryPoint point)
    {
        var isOneUnit = point.LimitingBrightness is null || point.IsLimit || point.LimitingBrightnessUnit == point.BrightnessUnit;
        if (!point.IsLimit)
        {
            Line(text, target, point, point.Brightness, point.BrightnessError, isOneUnit ? point.LimitingBrightness : null, point.BrightnessUnit);
        }

        if (point.IsLimit || !isOneUnit)
        {
            Line(text, target, point, null, null, point.LimitingBrightness, point.LimitingBrightnessUnit);
        }
    }

    public void Foot(StringBuilder text)
    {
    }

    private static void Line(StringBuilder text, Target target, PhotometryPoint point, double? value, double? error, double? limit, BrightnessUnit unit) => text
        .Append(",photometry,").Append(ExportRow.Number(error))
        .Append(',').Append(Text(point.Bandpass))
        .Append(',').Append(Text(point.Instrument))
        .Append(',').Append(ExportRow.Number(limit))
        .Append(',').Append(ExportRow.Number(value))
        .Append(',').Append(Text(point.Provenance?.Location.ToString()))
        .Append(',').Append(Text(point.Origin))
        .Append(',').Append(target.Id.ToString(CultureInfo.InvariantCulture))
        .Append(',').Append(Text(point.Telescope))
        .Append(',').Append(CanonicalTime.Format(point.Time.UtcMicroseconds))
        .Append(',').Append(UnitNames.Of(unit))
        .Append('\n');

    private static string Text(string? text) => CsvText.Safe(CsvText.OneLine(text ?? ""));
}
