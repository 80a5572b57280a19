using System.Globalization;

namespace TomOrleans.Client.Output.Plot;

/// <summary>The time axis: its line, MJD labels, and the same moments in UTC.</summary>
internal static class PlotTimeAxis
{
    private const double UnixEpochMjd = 40587;

    public static IEnumerable<PlotLine> Lines(PlotAxis axis, int columns, int margin, int ticks, PlotGlyphs glyphs)
    {
        var (values, step) = axis.Ticks(ticks);
        var rule = new char[columns];
        Array.Fill(rule, glyphs.TimeAxis);
        foreach (var value in values)
        {
            rule[axis.CellOf(value)] = glyphs.TimeTick;
        }

        yield return PlotLine.Of(new string(' ', margin + 1) + glyphs.Corner + new string(rule));
        yield return PlotLine.Of(Labels("MJD", value => PlotAxis.Label(value, step)));
        yield return PlotLine.Of(Labels("UTC", value => Utc(value, step)));

        string Labels(string name, Func<double, string> label)
        {
            var start = margin + 2;
            var line = name.PadLeft(margin).PadRight(start);
            foreach (var value in values)
            {
                var text = label(value);

                // Centred under its tick, but whole, and not touching the one before.
                var at = Math.Min(start + axis.CellOf(value) - (text.Length / 2), start + columns - text.Length);
                if (at > line.TrimEnd().Length)
                {
                    line = line.TrimEnd().PadRight(at) + text;
                }
            }

            return line.TrimEnd();
        }
    }

    /// <param name="mjd">[d, UTC]</param>
    /// <param name="stepDays">Distance of the ticks [d]: decides how much of date and time of day is told.</param>
    public static string Utc(double mjd, double stepDays)
    {
        // To the nearest second: a tick such as 60000.2 has no exact binary form.
        var time = DateTimeOffset.UnixEpoch.AddSeconds(Math.Round((mjd - UnixEpochMjd) * 86_400));
        var form = stepDays switch
        {
            >= 1 => "yyyy-MM-dd",
            >= 0.01 => "MM-dd HH:mm",
            _ => "HH:mm:ss",
        };
        return time.ToString(form, CultureInfo.InvariantCulture);
    }
}
