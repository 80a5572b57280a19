namespace TomOrleans.HermesRules.Validation;

/// <summary>
/// The unit texts Hermes takes, to the letter. Written with escapes, for a normalising editor would turn the ANGSTROM SIGN U+212B into U+00C5,
/// which Hermes refuses; likewise the MICRO SIGN U+00B5 is not the Greek letter U+03BC.
/// </summary>
internal static class Units
{
    public const string FluxPerWavelength = "erg / s / cm\u00B2 / \u212B";

    public static readonly string[] Brightness = ["AB mag", "Vega mag", "mJy", FluxPerWavelength];
    public static readonly string[] Flux = ["mJy", FluxPerWavelength];
    public static readonly string[] Wavelength = ["\u212B", "nm", "\u00B5m", "Hz", "GHz", "THz"];
    public static readonly string[] FluxType = ["F\u03BB", "Flambda", "F\u03BD", "Fnu"];
    public static readonly string[] Angle = ["degrees", "mas", "arcsec", "arcmin"];
    public static readonly string[] Distance = ["cm", "m", "km", "pc", "kpc", "Mpc", "Gpc", "ly", "au"];
    public static readonly string[] Period = ["Days", "Months", "Years"];
}
