using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing;
using TomOrleans.Storage.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>Builders: a plain thing of each kind, to be changed by <c>with</c>.</summary>
internal static class A
{
    /// <summary>2026-07-01T03:04:05.678901Z</summary>
    public const long Time = 1_782_875_045_678_901;

    /// <summary>Where a message stands.</summary>
    public static readonly MessageLocation Place = new("hop", "hermes.test", 3, 42);

    public static readonly PhotometryPoint Point = new()
    {
        Time = new(Time),
        Bandpass = "g",
        Telescope = "1m0a",
        Instrument = "fa16",
        Brightness = 18.5,
        BrightnessError = 0.02,
        BrightnessUnit = BrightnessUnit.AbMagnitude,
        Origin = "peer",
    };

    public static readonly PhotometryPoint Limit = Point with
    {
        Brightness = null,
        BrightnessError = null,
        LimitingBrightness = 20.25,
        LimitingBrightnessUnit = BrightnessUnit.VegaMagnitude,
    };

    public static readonly Spectrum Spectrum = new()
    {
        Head = new()
        {
            Time = new(Time),
            Telescope = "FTN",
            Instrument = "FLOYDS",
            Setup = "red/blu",
            ExposureSeconds = 1800,
            Reducer = "R. Duce",
            WavelengthUnit = "Angstrom",
            FluxUnit = "erg / s / cm\u00B2 / \u212B",
            Origin = "peer",
        },
        Wavelength = [3205.5, 3207],
        Flux = [1.5e-15, 2e-15],
        FluxError = [1e-16, 2e-16],
    };

    public static readonly Target Target = new()
    {
        Id = 7,
        Name = "AT2026abc",
        Aliases = [],
        RightAscensionDegrees = 33.2,
        DeclinationDegrees = -42.25,
        CreatedMicroseconds = Time,
        CreatedBy = "test",
        Points = 1,
    };

    public static ShareContent Content(params PhotometryPoint[] points) => new()
    {
        Targets = [Target],
        Topic = "hermes.test",
        Title = "Updated data for AT2026abc from A TOM.",
        Message = "",
        Authors = "A. Body",
        Submitter = "A TOM",
        Points = [.. points.Select((point, i) => new SharedPoint(new PointKey(7, i + 1, -i - 1), point))],
    };
}
