namespace TomOrleans.Client.Output.Plot;

/// <summary>The bands with their letters and counts, over as many lines as they need.</summary>
internal static class PlotLegend
{
    private const string Gap = "   ";

    public static IEnumerable<PlotLine> Lines(LightCurve curve, int width, PlotGlyphs glyphs)
    {
        var line = new List<(string Text, Ink Ink)>();
        var used = 0;
        foreach (var entry in Entries(curve, glyphs))
        {
            var length = entry.Sum(piece => piece.Text.Length);
            if (used > 0 && used + Gap.Length + length > width)
            {
                yield return new([.. line]);
                line.Clear();
                used = 0;
            }

            if (used > 0)
            {
                line.Add((Gap, Ink.Plain));
                used += Gap.Length;
            }

            line.AddRange(entry);
            used += length;
        }

        yield return new(line);
    }

    private static IEnumerable<(string Text, Ink Ink)[]> Entries(LightCurve curve, PlotGlyphs glyphs)
    {
        // Shortest wavelength first where the letter tells it; others by name behind them.
        const string order = "ugrizy";
        var bands = curve.Points
            .GroupBy(point => point.Band)
            .OrderBy(band => order.IndexOf(BandMark.Letter(band.Key), StringComparison.Ordinal) is var at and >= 0 ? at : order.Length)
            .ThenBy(band => band.Key, StringComparer.Ordinal);
        foreach (var band in bands)
        {
            var letter = BandMark.Letter(band.Key);
            var name = band.Key == letter.ToString() ? "" : $" {band.Key}";
            yield return [(letter.ToString(), new Ink(letter)), ($"{name}: {Counts(band, glyphs)}", Ink.Plain)];
        }

        if (curve.Points.Any(point => point.IsLimit))
        {
            yield return [($"{glyphs.Limit}", Ink.Pale), (" limit", Ink.Plain)];
        }
    }

    private static string Counts(IEnumerable<PlotPoint> band, PlotGlyphs glyphs)
    {
        var limits = band.Count(point => point.IsLimit);
        var measured = band.Count() - limits;
        return (measured, limits) switch
        {
            (_, 0) => $"{measured}",
            (0, _) => $"{limits} {glyphs.Limit}",
            _ => $"{measured} + {limits} {glyphs.Limit}",
        };
    }
}
