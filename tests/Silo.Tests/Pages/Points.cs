using TomOrleans.Targets;

namespace TomOrleans.Silo.Tests.Pages;

internal static class Points
{
    /// <summary>2026-07-01T00:00:00 UTC, MJD 61222.</summary>
    public const long Epoch = 1_782_864_000_000_000;

    public static PhotometryPoint Detection(double value, double? error = null, string band = "r", BrightnessUnit unit = BrightnessUnit.AbMagnitude, string? telescope = "1m0a", string? instrument = "fa16") => new()
    {
        Time = new(Epoch),
        Bandpass = band,
        Telescope = telescope,
        Instrument = instrument,
        Brightness = value,
        BrightnessError = error,
        BrightnessUnit = unit,
        Origin = "las-cumbres",
    };

    public static PhotometryPoint Limit(double value, BrightnessUnit unit = BrightnessUnit.AbMagnitude, string band = "r") =>
        Detection(0, band: band) with { Brightness = null, LimitingBrightness = value, LimitingBrightnessUnit = unit };
}
