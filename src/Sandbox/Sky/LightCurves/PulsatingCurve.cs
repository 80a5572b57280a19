namespace TomOrleans.Sandbox.Sky.LightCurves;

/// <summary>
/// A pulsating star as a Fourier series of cosines, m(t) = A0 + sum A_i cos(i w (t - t0) + phi_i), the decomposition of Simon and Lee 1981
/// (ApJ 248, 291, doi:10.1086/159153). The ratios R_i1 = A_i/A_1 and phases phi_i1 = phi_i - i phi_1 are of the size found for RR Lyrae stars
/// of type ab: a steep rise and a slow decline. Amplitudes shrink from blue to red.
/// </summary>
public sealed class PulsatingCurve(double meanMagnitude, double period, double epoch, double amplitude) : ILightCurve
{
    private static readonly (double Ratio, double Phase)[] Terms = [(1.00, 0.0), (0.45, 2.4), (0.33, 5.1), (0.20, 1.6)];

    private static readonly Dictionary<string, (double Amplitude, double Colour)> Bands = new()
    {
        ["g"] = (1.00, 0.15),
        ["r"] = (0.72, 0.00),
        ["i"] = (0.58, -0.05),
        ["z"] = (0.54, -0.06),
    };

    /// <param name="mjd">[d, UTC]</param>
    /// <param name="band">g, r, i or z; others do not see it.</param>
    public double? MagnitudeAt(double mjd, string band)
    {
        if (!Bands.TryGetValue(band, out var b))
        {
            return null;
        }

        var phase = 2 * Math.PI * ((mjd - epoch) / period % 1);
        var sum = 0.0;
        for (var i = 0; i < Terms.Length; i++)
        {
            sum += Terms[i].Ratio * Math.Cos(((i + 1) * phase) + Terms[i].Phase);
        }

        return meanMagnitude + b.Colour + (b.Amplitude * amplitude * sum);
    }
}
