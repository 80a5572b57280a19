using System.Globalization;
using TomOrleans.Silo.Pages.Frame;
using TomOrleans.Silo.Pages.LightCurves;

namespace TomOrleans.Silo.Tests.Pages.LightCurves;

public sealed class BandColoursTests
{
    /// <summary>Sees all colours; protanopia; deuteranopia. Matrices for linear RGB: Machado, Oliveira, Fernandes 2009, severity 1.</summary>
    private static readonly double[][] Eyes =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
    ];

    /// <summary>A difference in CIELAB of 2.3 is just noticed side by side; small marks need several times that. Red light alone leaves less room.</summary>
    [Theory]
    [InlineData(PageTheme.Light, 20)]
    [InlineData(PageTheme.Dark, 20)]
    [InlineData(PageTheme.Night, 8.5)]
    public void The_usual_filter_sets_stay_apart_for_every_eye(PageTheme theme, double least)
    {
        string[][] sets = [["u", "g", "r", "i", "z", "y"], ["U", "B", "V", "R", "I"], ["c", "o"], ["J", "H", "K"], ["B", "g", "V"]];
        foreach (var eye in Eyes)
        {
            foreach (var set in sets)
            {
                var seen = set.Select(band => Lab(BandColours.Of(Bands.WavelengthNanometres(band), theme), eye)).ToArray();
                for (var i = 0; i < seen.Length; i++)
                {
                    for (var j = 0; j < i; j++)
                    {
                        Assert.True(Distance(seen[i], seen[j]) >= least, $"{set[j]} and {set[i]} are {Distance(seen[i], seen[j]):F1} apart");
                    }
                }
            }
        }
    }

    [Fact]
    public void The_night_theme_has_no_blue_to_speak_of()
    {
        for (var wavelength = 200; wavelength < 2500; wavelength += 10)
        {
            var (red, _, blue) = Rgb(BandColours.Of(wavelength, PageTheme.Night));
            Assert.True(blue < red * .7, $"{wavelength} nm");
        }
    }

    [Fact]
    public void Unknown_bands_are_grey_and_far_wavelengths_take_the_last_colour()
    {
        Assert.Equal("#6b7280", BandColours.Of(null, PageTheme.Light));
        Assert.Equal(BandColours.Of(2200, PageTheme.Dark), BandColours.Of(4600, PageTheme.Dark));
        Assert.Equal(BandColours.Of(210, PageTheme.Dark), BandColours.Of(150, PageTheme.Dark));
    }

    private static double Distance((double L, double A, double B) x, (double L, double A, double B) y) =>
        Math.Sqrt(Math.Pow(x.L - y.L, 2) + Math.Pow(x.A - y.A, 2) + Math.Pow(x.B - y.B, 2));

    private static (double Red, double Green, double Blue) Rgb(string colour)
    {
        double Part(int at) => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return (Part(1), Part(3), Part(5));
    }

    /// <summary>CIELAB under D65 of an sRGB colour as an eye sees it.</summary>
    private static (double L, double A, double B) Lab(string colour, double[] eye)
    {
        var (red, green, blue) = Rgb(colour);
        double[] linear = [Linear(red), Linear(green), Linear(blue)];
        var seen = Enumerable.Range(0, 3).Select(i => Math.Clamp((eye[3 * i] * linear[0]) + (eye[(3 * i) + 1] * linear[1]) + (eye[(3 * i) + 2] * linear[2]), 0, 1)).ToArray();
        var x = Root(((0.4124564 * seen[0]) + (0.3575761 * seen[1]) + (0.1804375 * seen[2])) / 0.95047);
        var y = Root((0.2126729 * seen[0]) + (0.7151522 * seen[1]) + (0.0721750 * seen[2]));
        var z = Root(((0.0193339 * seen[0]) + (0.1191920 * seen[1]) + (0.9503041 * seen[2])) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Linear(double part) => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);

    private static double Root(double part) => part > 0.008856 ? Math.Cbrt(part) : (7.787 * part) + (16 / 116.0);
}
