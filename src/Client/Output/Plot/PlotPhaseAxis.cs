using System.Globalization;

namespace TomOrleans.Client.Output.Plot;

/// <summary>The axis of a folded light curve: two cycles, so that what happens at phase 0 is seen whole.</summary>
internal static class PlotPhaseAxis
{
    public const double Cycles = 2;

    /// <summary>Axis, labels, and what was folded: as many lines as those of a time axis.</summary>
    public static IEnumerable<PlotLine> Lines(PlotAxis axis, int columns, int margin, int ticks, PlotFold fold, PlotGlyphs glyphs)
    {
        var (values, step) = axis.Ticks(ticks);
        var rule = new char[columns];
        Array.Fill(rule, glyphs.TimeAxis);
        var labels = "";
        foreach (var value in values.Where(value => axis.CellOf(value) is var cell && cell >= 0 && cell < columns))
        {
            rule[axis.CellOf(value)] = glyphs.TimeTick;
            var text = PlotAxis.Label(value, step);
            var at = Math.Min(margin + 2 + axis.CellOf(value) - (text.Length / 2), margin + 2 + columns - text.Length);
            if (at > labels.TrimEnd().Length)
            {
                labels = labels.TrimEnd().PadRight(at) + text;
            }
        }

        yield return PlotLine.Of(new string(' ', margin + 1) + glyphs.Corner + new string(rule));
        yield return PlotLine.Of(labels.TrimEnd());
        yield return PlotLine.Of(string.Create(CultureInfo.InvariantCulture, $"{new string(' ', margin + 2)}phase of a period of {fold.PeriodDays} d, 0 at MJD {fold.EpochMjd} (UTC)"));
    }
}
