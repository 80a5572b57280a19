namespace TomOrleans.Sandbox.Sky.LightCurves;

/// <summary>A star that does not vary: what scatter there is comes from measuring it.</summary>
public sealed class ConstantCurve(double magnitude) : ILightCurve
{
    public double? MagnitudeAt(double mjd, string band) => magnitude;
}
