namespace TomOrleans.Client.Output.Plot;

/// <param name="Width">All columns, labels included.</param>
/// <param name="Height">All lines, title and legend included.</param>
/// <param name="Ascii">True for terminals that show nothing else.</param>
internal sealed record PlotSize(int Width, int Height, bool Ascii);

/// <summary>
/// Draws a light curve with characters: bright is up, detections are the letters of their bands with error bars where these reach beyond the letter, limits are
/// pale triangles, time runs to the right in MJD with UTC below. Pure: the same points give the same lines.
/// </summary>
internal static class LightCurvePlot
{
    /// <summary>Lines that are not the picture: title, axis, two of tick labels, legend.</summary>
    private const int OtherLines = 5;

    private const int ColumnsPerTick = 15;

    private const int RowsPerTick = 3;

    public static IReadOnlyList<PlotLine> Render(string target, LightCurve curve, PlotSize size)
    {
        var glyphs = size.Ascii ? PlotGlyphs.Ascii : PlotGlyphs.Unicode;
        if (curve.Points.Count == 0)
        {
            return [PlotLine.Of($"{target}: nothing to plot{Remarks(curve)}")];
        }

        var rows = size.Height - OtherLines;
        var vertical = PlotAxis.Around([.. curve.Points.Select(point => point.Value)], 0.5, rows, reversed: !curve.BrightIsSmall);
        var (values, valueStep) = vertical.Ticks(Math.Max(2, rows / RowsPerTick));
        var labels = values.GroupBy(vertical.CellOf).ToDictionary(tick => tick.Key, tick => PlotAxis.Label(tick.First(), valueStep));
        var margin = Math.Max(3, labels.Values.Max(label => label.Length));
        var columns = size.Width - margin - 2;
        var horizontal = curve.Fold is null
            ? PlotAxis.Around([.. curve.Points.Select(point => point.Mjd)], 0.5, columns, reversed: false)
            : new PlotAxis(0, PlotPhaseAxis.Cycles, columns);

        var canvas = Draw(curve, new(columns, rows), horizontal, vertical, glyphs);
        var lines = new List<PlotLine> { PlotLine.Of(Title(target, curve, size.Width)) };
        for (var row = 0; row < rows; row++)
        {
            var hasTick = labels.TryGetValue(row, out var label);
            var edge = $"{(label ?? "").PadLeft(margin)} {(hasTick ? glyphs.ValueTick : glyphs.ValueAxis)}";
            lines.Add(new([(edge, Ink.Plain), .. canvas.Row(row)]));
        }

        var ticks = Math.Max(2, columns / ColumnsPerTick);
        lines.AddRange(curve.Fold is { } fold
            ? PlotPhaseAxis.Lines(horizontal, columns, margin, ticks, fold, glyphs)
            : PlotTimeAxis.Lines(horizontal, columns, margin, ticks, glyphs));
        lines.AddRange(PlotLegend.Lines(curve, size.Width, glyphs));
        return lines;
    }

    private static PlotCanvas Draw(LightCurve curve, PlotCanvas canvas, PlotAxis horizontal, PlotAxis vertical, PlotGlyphs glyphs)
    {
        foreach (var point in curve.Points.Where(point => point.Error is > 0))
        {
            var (one, other) = (vertical.CellOf(point.Value - point.Error!.Value), vertical.CellOf(point.Value + point.Error.Value));
            for (var row = Math.Min(one, other); row <= Math.Max(one, other); row++)
            {
                foreach (var place in Places(curve, point))
                {
                    canvas.Draw(horizontal.CellOf(place), row, glyphs.ErrorBar, new(BandMark.Letter(point.Band)));
                }
            }
        }

        // Detections last: a limit never hides one.
        foreach (var point in curve.Points.OrderBy(point => !point.IsLimit))
        {
            var letter = BandMark.Letter(point.Band);
            var (mark, ink) = point.IsLimit ? (glyphs.Limit, new Ink(letter, IsPale: true)) : (letter, new Ink(letter));
            foreach (var place in Places(curve, point))
            {
                canvas.Draw(horizontal.CellOf(place), vertical.CellOf(point.Value), mark, ink);
            }
        }

        return canvas;
    }

    /// <summary>Where on the horizontal axis: once over time, in each cycle over phase.</summary>
    private static double[] Places(LightCurve curve, PlotPoint point) =>
        curve.Fold?.PhaseOf(point.Mjd) is { } phase ? [phase, phase + 1] : [point.Mjd];

    private static string Title(string target, LightCurve curve, int width)
    {
        var (first, last) = (Date(curve.Points.Min(point => point.Mjd)), Date(curve.Points.Max(point => point.Mjd)));
        var dates = first == last ? first : $"{first} to {last}";
        var name = $"{target}  {Counted.Of(curve.Points.Count, "point")} [{curve.Unit}]";
        var whole = $"{name}  {dates} UTC{Remarks(curve)}";
        return whole.Length <= width ? whole : $"{name}{Remarks(curve)}";

        static string Date(double mjd) => PlotTimeAxis.Utc(mjd, stepDays: 1);
    }

    private static string Remarks(LightCurve curve) =>
        curve.Remarks.Count == 0 ? "" : $"  (not shown: {string.Join(", ", curve.Remarks)})";
}
