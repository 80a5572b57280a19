using System.Globalization;
using TomOrleans.Silo.Pages.Frame;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>
/// One colour a wavelength, from violet to red and on to brown, chosen so that the bands of the usual filter sets stay apart for readers with protanopia and deuteranopia too
/// (by lightness where the hue is lost); the tests measure it. On the night theme all of it lies between amber and red.
/// </summary>
public static class BandColours
{
    /// <summary>Wavelengths [nm] that the colours below belong to; between them they are mixed.</summary>
    private static readonly double[] Anchors = [210, 350, 480, 555, 625, 755, 870, 980, 1250, 1650, 2200];

    private static readonly string[] Light =
        ["#ab7fcb", "#010fef", "#259d5e", "#5ab940", "#ff6209", "#ff0445", "#8c1145", "#510000", "#9a8355", "#6a474e", "#381633"];

    private static readonly string[] Dark =
        ["#d6a2cf", "#2b5cff", "#20c3b2", "#cedc77", "#f5b80e", "#f3773e", "#d241bf", "#954710", "#ffecb3", "#a1a77e", "#88989a"];

    private static readonly string[] Night =
        ["#ffe0b0", "#ffdab0", "#ff9a40", "#d87430", "#ee4a14", "#c42c10", "#8a1a06", "#6e4a30", "#d0a060", "#a06a34", "#6c4020"];

    /// <summary>The colour of a band [nm]; grey for null, a band nobody knows.</summary>
    public static string Of(double? wavelengthNanometres, PageTheme theme)
    {
        var (colours, unknown) = theme switch
        {
            PageTheme.Light => (Light, "#6b7280"),
            PageTheme.Dark => (Dark, "#9aa4b2"),
            _ => (Night, "#b05a40"),
        };
        return wavelengthNanometres is { } wavelength ? Mixed(colours, wavelength) : unknown;
    }

    private static string Mixed(string[] colours, double wavelength)
    {
        var above = Array.FindIndex(Anchors, anchor => anchor >= wavelength);
        if (above <= 0)
        {
            return above == 0 ? colours[0] : colours[^1];
        }

        var share = (wavelength - Anchors[above - 1]) / (Anchors[above] - Anchors[above - 1]);
        var (from, to) = (Rgb(colours[above - 1]), Rgb(colours[above]));
        var mixed = from.Zip(to, (a, b) => (int)Math.Round(a + ((b - a) * share))).ToArray();
        return $"#{mixed[0]:x2}{mixed[1]:x2}{mixed[2]:x2}";
    }

    private static int[] Rgb(string colour) =>
        [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
