using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Brightness as text, always with its unit.</summary>
internal static class BrightnessText
{
    /// <summary>The unit's name; the same words in tables, JSON and CSV. Hermes' words where Hermes has one (its angstrom sign is U+212B).</summary>
    public static string Unit(BrightnessUnit unit) => unit switch
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

    public static bool IsMagnitude(BrightnessUnit unit) =>
        unit is BrightnessUnit.Magnitude or BrightnessUnit.AbMagnitude or BrightnessUnit.VegaMagnitude;

    /// <summary><c>18.204 ± 0.031 AB mag</c>; empty for a limit.</summary>
    public static string Measured(PhotometryPoint point) => point.Brightness is { } value
        ? Number(value, point.BrightnessUnit)
            + (point.BrightnessError is { } error ? $" ± {Number(error, point.BrightnessUnit)}" : "")
            + $" {Unit(point.BrightnessUnit)}"
        : "";

    /// <summary><c>&gt; 20.5 AB mag</c> (fainter than), <c>&lt; 12 uJy</c> for fluxes; empty where no limit is stated.</summary>
    public static string Limit(PhotometryPoint point) => point.LimitingBrightness is { } limit
        ? $"{(IsMagnitude(point.LimitingBrightnessUnit) ? '>' : '<')} {Number(limit, point.LimitingBrightnessUnit)} {Unit(point.LimitingBrightnessUnit)}"
            + (point.LimitSigma is { } sigma ? string.Create(CultureInfo.InvariantCulture, $" ({sigma:0.##} sigma)") : "")
        : "";

    /// <summary>Brightness where there is one, else the limit.</summary>
    public static string Either(PhotometryPoint point) => point.IsLimit ? Limit(point) : Measured(point);

    private static string Number(double value, BrightnessUnit unit) =>
        value.ToString(IsMagnitude(unit) ? "0.0###" : "G6", CultureInfo.InvariantCulture);
}
