using System.Collections.Frozen;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Files;

/// <summary>Units of brightness as files write them. For janskys case counts: <c>mJy</c> is not <c>MJy</c>.</summary>
internal static class UnitNames
{
    private static readonly FrozenDictionary<string, BrightnessUnit> Exact = new Dictionary<string, BrightnessUnit>(StringComparer.Ordinal)
    {
        ["nJy"] = BrightnessUnit.Nanojansky,
        ["nanoJy"] = BrightnessUnit.Nanojansky,
        ["uJy"] = BrightnessUnit.Microjansky,
        ["\u00B5Jy"] = BrightnessUnit.Microjansky,
        ["\u03BCJy"] = BrightnessUnit.Microjansky,
        ["microJy"] = BrightnessUnit.Microjansky,
        ["mJy"] = BrightnessUnit.Millijansky,
        ["milliJy"] = BrightnessUnit.Millijansky,
        ["Jy"] = BrightnessUnit.Jansky,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Blanks, signs of powers and case taken away.</summary>
    private static readonly FrozenDictionary<string, BrightnessUnit> Folded = new Dictionary<string, BrightnessUnit>(StringComparer.Ordinal)
    {
        ["mag"] = BrightnessUnit.Magnitude,
        ["ab"] = BrightnessUnit.AbMagnitude,
        ["abmag"] = BrightnessUnit.AbMagnitude,
        ["mag(ab)"] = BrightnessUnit.AbMagnitude,
        ["abflux"] = BrightnessUnit.AbMagnitude,
        ["vega"] = BrightnessUnit.VegaMagnitude,
        ["vegamag"] = BrightnessUnit.VegaMagnitude,
        ["mag(vega)"] = BrightnessUnit.VegaMagnitude,
        ["erg/s/cm2/a"] = BrightnessUnit.FluxPerAngstrom,
        ["erg/s/cm2/aa"] = BrightnessUnit.FluxPerAngstrom,
        ["erg/s/cm2/angstrom"] = BrightnessUnit.FluxPerAngstrom,
        ["ergs-1cm-2a-1"] = BrightnessUnit.FluxPerAngstrom,
        ["ergs-1cm-2angstrom-1"] = BrightnessUnit.FluxPerAngstrom,
        ["erg/(angstromscm2)"] = BrightnessUnit.FluxPerAngstrom,
        ["erg/(scm2angstrom)"] = BrightnessUnit.FluxPerAngstrom,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The unit's name; Hermes' words where Hermes has one (its angstrom sign is U+212B).</summary>
    public static string Of(BrightnessUnit unit) => unit switch
    {
        BrightnessUnit.Magnitude => "mag",
        BrightnessUnit.AbMagnitude => "AB mag",
        BrightnessUnit.VegaMagnitude => "Vega mag",
        BrightnessUnit.Nanojansky => "nJy",
        BrightnessUnit.Microjansky => "uJy",
        BrightnessUnit.Millijansky => "mJy",
        BrightnessUnit.Jansky => "Jy",
        BrightnessUnit.FluxPerAngstrom => "erg / s / cm\u00B2 / \u212B",
        _ => $"unit {(int)unit}",
    };

    /// <summary>The unit of a text; null for one that is not known.</summary>
    public static BrightnessUnit? Read(string text)
    {
        var trimmed = text.Trim();
        if (Exact.TryGetValue(trimmed, out var jansky))
        {
            return jansky;
        }

        // An angstrom sign, the letter it becomes by normalisation, or the letter and its ring.
        var folded = trimmed
            .Replace("\u212B", "angstrom", StringComparison.Ordinal).Replace("\u00C5", "angstrom", StringComparison.Ordinal).Replace("A\u030A", "angstrom", StringComparison.Ordinal)
            .Replace("\u00B2", "2", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return Folded.TryGetValue(folded, out var unit) ? unit : null;
    }
}
