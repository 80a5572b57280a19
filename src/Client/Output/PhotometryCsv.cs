using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>
/// Measurements as comma-separated values, the columns as the TOM Toolkit names them. Numbers come back exactly when they are read again. Texts from outside
/// cannot be formulas: one that begins with <c>= + - @</c> gets a leading apostrophe.
/// </summary>
/// <remarks>
/// <c>magnitude</c>, <c>error</c> and <c>limit</c> are in <c>unit</c>, which may also be a flux. A point whose limit has another unit than its brightness
/// becomes two lines. Retracted points are left out.
/// </remarks>
internal static class PhotometryCsv
{
    public const string Header = "time,mjd,filter,magnitude,error,limit,unit,telescope,instrument,source";

    /// <returns>Number of points written, and of retracted ones left out.</returns>
    public static (int Written, int LeftOut) Write(TextWriter writer, IEnumerable<PhotometryPoint> points)
    {
        var (written, leftOut) = (0, 0);
        WriteLine(writer, Header);
        foreach (var point in points)
        {
            if (point.IsRetracted)
            {
                leftOut++;
                continue;
            }

            written++;
            var limitFits = point.IsLimit || point.LimitingBrightness is null || point.LimitingBrightnessUnit == point.BrightnessUnit;
            if (point.Brightness is not null)
            {
                WriteRow(writer, point, point.Brightness, point.BrightnessError, limitFits ? point.LimitingBrightness : null, point.BrightnessUnit);
            }

            if (point.IsLimit || !limitFits)
            {
                WriteRow(writer, point, null, null, point.LimitingBrightness, point.LimitingBrightnessUnit);
            }
        }

        return (written, leftOut);
    }

    private static void WriteRow(TextWriter writer, PhotometryPoint point, double? value, double? error, double? limit, BrightnessUnit unit) =>
        WriteLine(writer, string.Join(
            ',',
            TimeText.Exact(point.Time.UtcMicroseconds),
            TimeText.ExactMjd(point.Time.UtcMicroseconds).ToString(CultureInfo.InvariantCulture),
            Text(point.Bandpass),
            Number(value),
            Number(error),
            Number(limit),
            BrightnessText.Unit(unit),
            Text(point.Telescope),
            Text(point.Instrument),
            Text(point.Origin)));

    private static void WriteLine(TextWriter writer, string line)
    {
        // The same bytes on every system.
        writer.Write(line);
        writer.Write('\n');
    }

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Text(string? text)
    {
        var safe = SafeText.Line(text);
        if (safe.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..])
        {
            safe = "'" + safe;
        }

        return safe.AsSpan().ContainsAny(',', '"') ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
