namespace TomOrleans.Sandbox.Sky.LightCurves;

/// <summary>How bright a source truly is, before anybody measures it.</summary>
public interface ILightCurve
{
    /// <summary>The brightness at a time; null when the source does not shine then. [mag AB; d, MJD UTC]</summary>
    double? MagnitudeAt(double mjd, string band);
}
