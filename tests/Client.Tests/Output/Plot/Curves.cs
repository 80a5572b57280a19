using TomOrleans.Client.Output.Plot;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.Output.Plot;

/// <summary>Light curves that are easy to recognise.</summary>
internal static class Curves
{
    /// <summary>MJD 61345.0 = 2026-11-01T00:00:00Z [us since 1970, UTC].</summary>
    private const long Start = 1_793_491_200_000_000;

    /// <summary>A rise and a slow decline in g and r, with limits before.</summary>
    public static IReadOnlyList<PhotometryPoint> Supernova()
    {
        var points = new List<PhotometryPoint>();
        for (var day = 0; day < 10; day += 3)
        {
            points.Add(Limit(day, "ZTF g", 20.5));
        }

        for (var day = 10; day < 60; day += 2)
        {
            var phase = (day - 25.0) / 10;
            var fade = phase < 0 ? 1.2 * phase * phase : 0.35 * phase * phase;
            points.Add(Detection(day, "ZTF g", 17.2 + fade, 0.05 + (0.02 * fade)));
            points.Add(Detection(day + 0.3, "r", 17.5 + (0.6 * fade), 0.25));
        }

        return points;
    }

    public static PhotometryPoint Detection(double day, string band, double value, double? error = null, BrightnessUnit unit = BrightnessUnit.AbMagnitude) => new()
    {
        Time = At(day),
        Bandpass = band,
        Brightness = value,
        BrightnessError = error,
        BrightnessUnit = unit,
        Origin = "test",
    };

    public static PhotometryPoint Limit(double day, string band, double limit, BrightnessUnit unit = BrightnessUnit.AbMagnitude) => new()
    {
        Time = At(day),
        Bandpass = band,
        LimitingBrightness = limit,
        LimitingBrightnessUnit = unit,
        Origin = "test",
    };

    public static string Text(IEnumerable<PhotometryPoint> points, int width = 80, int height = 24, bool ascii = false, double? days = null) =>
        string.Join('\n', LightCurvePlot.Render("SIM-001", LightCurve.Of([.. points], days), new(width, height, ascii)));

    private static ObservationTime At(double day) => new(Start + (long)(day * 86_400_000_000));
}
