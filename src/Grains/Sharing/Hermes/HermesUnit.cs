using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>One of the four units Hermes knows, and the way to it from a stored one.</summary>
/// <param name="Name">Hermes' spelling.</param>
/// <param name="Times">What a stored value is multiplied with.</param>
/// <param name="Over">What it is divided by.</param>
internal readonly record struct HermesUnit(string Name, double Times = 1, double Over = 1)
{
    public const string Millijansky = "mJy";

    /// <summary>
    /// Hermes compares code points: U+00B2 superscript two and U+212B ANGSTROM SIGN. Unicode normalisation turns the latter into U+00C5, which Hermes refuses, hence the escapes.
    /// </summary>
    private const string FluxPerAngstrom = "erg / s / cm\u00B2 / \u212B";

    /// <summary>
    /// Hermes' unit for a stored one; null where it has none and none can be computed (a magnitude of unknown system). The other Jansky units go out as mJy, as Hermes knows no
    /// other: 1 mJy = 10^6 nJy = 10^3 uJy = 10^-3 Jy. Only what is sent is converted, never what is stored.
    /// </summary>
    public static HermesUnit? For(BrightnessUnit unit) => unit switch
    {
        BrightnessUnit.AbMagnitude => new("AB mag"),
        BrightnessUnit.VegaMagnitude => new("Vega mag"),
        BrightnessUnit.Nanojansky => new(Millijansky, Over: 1e6),
        BrightnessUnit.Microjansky => new(Millijansky, Over: 1e3),
        BrightnessUnit.Millijansky => new(Millijansky),
        BrightnessUnit.Jansky => new(Millijansky, Times: 1e3),
        BrightnessUnit.FluxPerAngstrom => new(FluxPerAngstrom),
        _ => null,
    };

    /// <summary>The value in this unit. Both factors are exact, so the result is rounded once: 18500 nJy gives 0.0185 and not a neighbour of it.</summary>
    public double? Convert(double? value) => value * Times / Over;
}
