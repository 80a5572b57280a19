namespace TomOrleans.Targets;

/// <summary>
/// AB magnitudes and janskys. AB = -2.5 log10(f / (erg s^-1 cm^-2 Hz^-1)) - 48.60 (Oke and Gunn 1983, ApJ 266, 713), that is AB = 8.90 - 2.5 log10(f / Jy): zero points of 8.90 for Jy, 16.40 for
/// mJy, 23.90 for uJy and 31.40 for nJy; AB 0 is 3631 Jy in round numbers.
/// </summary>
public static class AbZeroPoint
{
    public const double OfMicrojansky = 23.9;

    /// <summary>2.5 / ln 10: the error of a magnitude is this times the relative error of its flux, to first order.</summary>
    public const double MagnitudesPerRelativeError = 1.0857362047581296;

    /// <summary>What fluxes with this AB zero point are to be multiplied by to be in uJy.</summary>
    public static double ToMicrojansky(double zeroPoint) => zeroPoint == OfMicrojansky ? 1 : Math.Pow(10, 0.4 * (OfMicrojansky - zeroPoint));

    /// <summary>[mag AB] of a flux [uJy] above 0.</summary>
    public static double ToMagnitude(double microjanskys) => OfMicrojansky - (2.5 * Math.Log10(microjanskys));

    /// <summary>[uJy] of a magnitude [mag AB].</summary>
    public static double ToFlux(double magnitude) => Math.Pow(10, 0.4 * (OfMicrojansky - magnitude));
}
