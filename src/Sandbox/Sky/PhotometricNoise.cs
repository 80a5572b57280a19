namespace TomOrleans.Sandbox.Sky;

/// <summary>
/// How exactly a magnitude is measured, growing with faintness: equation 5 of Ivezic et al. 2019 (ApJ 873, 111, doi:10.3847/1538-4357/ab042c),
/// sigma^2 = sigma_sys^2 + (0.04 - gamma) x + gamma x^2 with x = 10^(0.4 (m - m5)).
/// </summary>
internal static class PhotometricNoise
{
    private const double Systematic = 0.005;
    private const double Gamma = 0.039;

    /// <summary>The error of one measurement at magnitude <paramref name="magnitude"/> with a 5-sigma depth of <paramref name="depth"/>. [mag]</summary>
    public static double Sigma(double magnitude, double depth)
    {
        var x = Math.Pow(10, 0.4 * (magnitude - depth));
        return Math.Sqrt((Systematic * Systematic) + ((0.04 - Gamma) * x) + (Gamma * x * x));
    }

    /// <summary>The same as a fraction of the flux; far below the depth the error itself is constant, and the fraction grows without bound.</summary>
    public static double RelativeFluxError(double magnitude, double depth) => Sigma(magnitude, depth) * Math.Log(10) / 2.5;

    /// <summary>[mJy] of [mag AB]: the zero point is 3631 Jy (Oke and Gunn 1983, doi:10.1086/160817).</summary>
    public static double Millijansky(double magnitude) => 3.631e6 * Math.Pow(10, -0.4 * magnitude);
}
