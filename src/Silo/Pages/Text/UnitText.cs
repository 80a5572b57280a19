using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Units as astronomers write them.</summary>
public static class UnitText
{
    public static string Of(BrightnessUnit unit) => unit switch
    {
        BrightnessUnit.Magnitude => "mag",
        BrightnessUnit.AbMagnitude => "mag (AB)",
        BrightnessUnit.VegaMagnitude => "mag (Vega)",
        BrightnessUnit.Nanojansky => "nJy",
        BrightnessUnit.Microjansky => "µJy",
        BrightnessUnit.Millijansky => "mJy",
        BrightnessUnit.Jansky => "Jy",
        BrightnessUnit.FluxPerAngstrom => "erg s⁻¹ cm⁻² Å⁻¹",
        _ => unit.ToString(),
    };

    public static bool IsMagnitude(this BrightnessUnit unit) =>
        unit is BrightnessUnit.Magnitude or BrightnessUnit.AbMagnitude or BrightnessUnit.VegaMagnitude;

    /// <summary>The unit in janskys [Jy]; null for magnitudes and for flux per wavelength.</summary>
    public static double? Janskys(this BrightnessUnit unit) => unit switch
    {
        BrightnessUnit.Nanojansky => 1e-9,
        BrightnessUnit.Microjansky => 1e-6,
        BrightnessUnit.Millijansky => 1e-3,
        BrightnessUnit.Jansky => 1,
        _ => null,
    };
}
