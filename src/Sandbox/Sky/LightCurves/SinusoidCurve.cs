namespace TomOrleans.Sandbox.Sky.LightCurves;

/// <summary>
/// A star that varies as one sinusoid, m(t) = m0 + a sin(2 pi (t - t0)/P): the model behind the periodogram of Lomb 1976
/// (Ap&amp;SS 39, 447, doi:10.1007/BF00648343). The same in all bands, but for a colour.
/// </summary>
public sealed class SinusoidCurve(double meanMagnitude, double period, double epoch, double amplitude) : ILightCurve
{
    public double? MagnitudeAt(double mjd, string band) =>
        meanMagnitude + Colour(band) + (amplitude * Math.Sin(2 * Math.PI * ((mjd - epoch) / period % 1)));

    private static double Colour(string band) => band switch
    {
        "g" => 0.6,
        "r" => 0.0,
        _ => -0.3,
    };
}
