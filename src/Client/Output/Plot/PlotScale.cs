using TomOrleans.Targets;

namespace TomOrleans.Client.Output.Plot;

/// <summary>The brightness axis: which units it takes, and their size in its own.</summary>
internal sealed class PlotScale
{
    private static readonly Dictionary<BrightnessUnit, double> JanskysPer = new()
    {
        [BrightnessUnit.Nanojansky] = 1e-9,
        [BrightnessUnit.Microjansky] = 1e-6,
        [BrightnessUnit.Millijansky] = 1e-3,
        [BrightnessUnit.Jansky] = 1,
    };

    /// <summary>For janskys the unit shown; else any unit of the kind.</summary>
    private readonly BrightnessUnit _unit;

    private PlotScale(BrightnessUnit unit) => _unit = unit;

    public bool IsMagnitude => BrightnessText.IsMagnitude(_unit);

    /// <summary>Magnitudes if there are any; else janskys, in the unit most points have; else flux per wavelength.</summary>
    public static PlotScale Of(IEnumerable<PhotometryPoint> points)
    {
        var units = points.GroupBy(UnitOf).OrderByDescending(unit => unit.Count()).Select(unit => unit.Key).ToList();
        return new(units is []
            ? BrightnessUnit.Magnitude
            : units.OrderBy(unit => BrightnessText.IsMagnitude(unit) ? 0 : JanskysPer.ContainsKey(unit) ? 1 : 2).First());
    }

    public bool Holds(PhotometryPoint point) => IsMagnitude
        ? BrightnessText.IsMagnitude(UnitOf(point))
        : UnitOf(point) == _unit || (JanskysPer.ContainsKey(_unit) && JanskysPer.ContainsKey(UnitOf(point)));

    public PlotPoint Place(PhotometryPoint point)
    {
        var factor = IsMagnitude || UnitOf(point) == _unit ? 1 : JanskysPer[UnitOf(point)] / JanskysPer[_unit];
        return new(
            point.Time.Mjd,
            SafeText.Line(point.Bandpass),
            (point.Brightness ?? point.LimitingBrightness)!.Value * factor,
            point.IsLimit ? null : point.BrightnessError * factor,
            point.IsLimit);
    }

    /// <summary>The axis' unit in words; several magnitude systems are all named.</summary>
    public string UnitOf(IEnumerable<PhotometryPoint> shown) => IsMagnitude
        ? string.Join(" and ", shown.Select(UnitOf).Append(_unit).Distinct().Order().Select(BrightnessText.Unit))
        : BrightnessText.Unit(_unit);

    private static BrightnessUnit UnitOf(PhotometryPoint point) => point.IsLimit ? point.LimitingBrightnessUnit : point.BrightnessUnit;
}
