using Plotly.Blazor;
using Plotly.Blazor.Traces;
using TomOrleans.Silo.Pages.LightCurves;
using TomOrleans.Targets;
using Svg = Plotly.Blazor.Traces.ScatterLib;

namespace TomOrleans.Silo.Pages.Spectra;

/// <summary>A spectrum as Plotly's trace and layout.</summary>
public static class SpectrumPlot
{
    /// <summary>More than a wide screen has columns.</summary>
    public const int MostPixels = 5_000;

    private const string Clear = "rgba(0,0,0,0)";

    public static ITrace Trace(Spectrum spectrum)
    {
        // The brightest and the faintest of each group: thinning must not lose a line.
        var kept = Kept(spectrum.Flux.AsSpan());
        return new Scatter
        {
            Mode = Svg.ModeFlag.Lines,
            X = [.. kept.Select(i => (object)spectrum.Wavelength[i])],
            Y = [.. kept.Select(i => (object)spectrum.Flux[i])],
            Line = new() { Width = 1 },
            ShowLegend = false,
        };
    }

    public static Layout Layout(SpectrumHead head, PlotInk ink) => new()
    {
        AutoSize = true,
        Margin = new() { L = 72, R = 34, T = 12, B = 48 },
        PaperBgColor = Clear,
        PlotBgColor = Clear,
        Font = new() { Color = ink.Text, Size = 12 },
        XAxis = [new() { Title = new() { Text = PlotText.Escape($"wavelength [{head.WavelengthUnit ?? "unit not stated"}]") }, Color = ink.Text, GridColor = ink.Grid }],
        YAxis = [new() { Title = new() { Text = PlotText.Escape($"flux [{head.FluxUnit ?? "unit not stated"}]") }, Color = ink.Text, GridColor = ink.Grid }],
    };

    /// <summary>Places in order: all of a short spectrum; of a long one two of each group.</summary>
    public static IReadOnlyList<int> Kept(ReadOnlySpan<double> flux)
    {
        if (flux.Length <= MostPixels)
        {
            return [.. Enumerable.Range(0, flux.Length)];
        }

        var kept = new List<int>(MostPixels);
        var groups = MostPixels / 2;
        for (var group = 0; group < groups; group++)
        {
            int from = (int)((long)group * flux.Length / groups), to = (int)((long)(group + 1) * flux.Length / groups);
            int low = from, high = from;
            for (var i = from; i < to; i++)
            {
                low = flux[i] < flux[low] ? i : low;
                high = flux[i] > flux[high] ? i : high;
            }

            kept.Add(Math.Min(low, high));
            if (low != high)
            {
                kept.Add(Math.Max(low, high));
            }
        }

        return kept;
    }
}
