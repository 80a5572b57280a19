using TomOrleans.Silo.Pages.Text;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>Quantities that can share an axis.</summary>
public enum BrightnessKind
{
    Magnitude,
    FluxPerHertz,
    FluxPerAngstrom,
}

/// <summary>One plot of the light curve: an axis in one unit. Magnitudes of several systems share theirs, and the axis says so.</summary>
/// <param name="Kind">What is plotted.</param>
/// <param name="Unit">Unit of the axis; fluxes given in others are converted for display only.</param>
/// <param name="Title">The axis' title.</param>
public sealed record BrightnessPanel(BrightnessKind Kind, BrightnessUnit Unit, string Title)
{
    /// <summary>Magnitudes grow downwards: bright is up.</summary>
    public bool IsInverted => Kind == BrightnessKind.Magnitude;

    public static BrightnessKind KindOf(BrightnessUnit unit) =>
        unit.IsMagnitude() ? BrightnessKind.Magnitude : unit.Janskys() is null ? BrightnessKind.FluxPerAngstrom : BrightnessKind.FluxPerHertz;

    /// <summary>A panel for these units, in the one that occurs most.</summary>
    public static BrightnessPanel For(BrightnessKind kind, IEnumerable<BrightnessUnit> units)
    {
        var byCount = units.CountBy(unit => unit).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToArray();
        return new(kind, byCount[0], kind switch
        {
            BrightnessKind.Magnitude when byCount.Length > 1 => $"{string.Join(", ", byCount.Order().Select(UnitText.Of))}: systems mixed",
            BrightnessKind.Magnitude => UnitText.Of(byCount[0]),
            _ => $"flux [{UnitText.Of(byCount[0])}]",
        });
    }

    /// <summary>A number in this panel's unit. Magnitudes are taken as they stand, whatever their system.</summary>
    public double InUnit(double value, BrightnessUnit unit) =>
        unit == Unit || unit.Janskys() is not { } from || Unit.Janskys() is not { } to ? value : value * (from / to);
}
