namespace TomOrleans.Sandbox.Sky;

/// <summary>A telescope with its camera: what it can see and how it reports it. The observatories are invented, so that nobody's name stands on invented data.</summary>
/// <param name="Telescope">As in the messages.</param>
/// <param name="Instrument">As in the messages.</param>
/// <param name="Depth">The 5-sigma limit of one exposure on an ordinary night, by band. [mag AB]</param>
/// <param name="ExposureTime">[s]</param>
/// <param name="ReportsFlux">In mJy instead of AB magnitudes.</param>
public sealed record Observatory(
    string Telescope, string Instrument, IReadOnlyDictionary<string, double> Depth, double ExposureTime, bool ReportsFlux)
{
    public static IReadOnlyList<Observatory> All { get; } =
    [
        new("Cerro Arenal 1.2m", "CAM-1", new Dictionary<string, double> { ["g"] = 20.8, ["r"] = 20.6, ["i"] = 20.1 }, 60, false),
        new("Monte Bravo 0.4m", "Kestrel CCD", new Dictionary<string, double> { ["g"] = 18.4, ["r"] = 18.2 }, 30, false),
        new("Isla Norte 2.0m", "TriCam", new Dictionary<string, double> { ["g"] = 22.1, ["r"] = 21.9, ["i"] = 21.5, ["z"] = 20.6 }, 120, true),
    ];
}
