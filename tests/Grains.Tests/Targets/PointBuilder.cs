using TomOrleans.Storage.Photometry;
using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

/// <summary>A point like those that Hermes publishes.</summary>
internal static class PointBuilder
{
    public const long T0 = 1_782_875_045_000_000;

    public static readonly PhotometryPoint Point = new()
    {
        Time = new(T0),
        Bandpass = "g",
        Telescope = "1m0a",
        Instrument = "fa16",
        Brightness = 18.5,
        BrightnessError = 0.02,
        BrightnessUnit = BrightnessUnit.AbMagnitude,
        Origin = "hermes-cred",
    };

    public static PhotometryRow Row(PhotometryPoint point, long messageTime, long offset = 0, bool retracted = false) => PhotometryRows.ToRow(point with
    {
        Provenance = new(new("hop", "hermes.test", 0, offset), null, null, messageTime),
        IsRetracted = retracted,
    });
}
