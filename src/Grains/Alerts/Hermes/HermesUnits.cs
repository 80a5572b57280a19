using TomOrleans.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Units of brightness as Hermes writes them: <c>AB mag</c>, <c>Vega mag</c>, <c>mJy</c> and <c>erg / s / cm² / Å</c>, where the last is
/// U+212B ANGSTROM SIGN; any Unicode normalisation turns it into U+00C5 or A with U+030A, so these are read as the same. Other flux
/// densities are read too.
/// </summary>
internal static class HermesUnits
{
    /// <summary>The unit of this UTF-8 text; null for one that we do not know.</summary>
    public static BrightnessUnit? Read(ReadOnlySpan<byte> text) => text switch
    {
        _ when text.SequenceEqual("AB mag"u8) => BrightnessUnit.AbMagnitude,
        _ when text.SequenceEqual("Vega mag"u8) => BrightnessUnit.VegaMagnitude,
        _ when text.SequenceEqual("mJy"u8) => BrightnessUnit.Millijansky,
        _ when IsPerAngstrom(text) => BrightnessUnit.FluxPerAngstrom,
        _ when text.SequenceEqual("uJy"u8) || text.SequenceEqual("\u00B5Jy"u8) || text.SequenceEqual("\u03BCJy"u8) => BrightnessUnit.Microjansky,
        _ when text.SequenceEqual("nJy"u8) => BrightnessUnit.Nanojansky,
        _ when text.SequenceEqual("Jy"u8) => BrightnessUnit.Jansky,
        _ => null,
    };

    private static bool IsPerAngstrom(ReadOnlySpan<byte> text)
    {
        var begin = "erg / s / cm\u00B2 / "u8;
        if (!text.StartsWith(begin))
        {
            return false;
        }

        var length = text[begin.Length..];
        return length.SequenceEqual("\u212B"u8) || length.SequenceEqual("\u00C5"u8) || length.SequenceEqual("A\u030A"u8);
    }
}
