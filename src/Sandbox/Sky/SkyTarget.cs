using TomOrleans.Sandbox.Sky.LightCurves;

namespace TomOrleans.Sandbox.Sky;

/// <summary>A simulated object on the sky.</summary>
/// <param name="Name">As the Transient Name Server gives them: <c>SN 2026abc</c>, <c>AT 2026xyz</c>.</param>
/// <param name="Aliases">Other names of it; often none.</param>
/// <param name="Kind">In words: "supernova", "RR Lyrae star", ...</param>
/// <param name="RightAscension">[deg, J2000]</param>
/// <param name="Declination">[deg, J2000]</param>
/// <param name="LightCurve">How bright it truly is.</param>
public sealed record SkyTarget(
    string Name, IReadOnlyList<string> Aliases, string Kind, double RightAscension, double Declination, ILightCurve LightCurve);
