using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>A target's photometry sorted into panels and series; says nothing of colours or of the library that draws it.</summary>
public sealed record LightCurve(ImmutableArray<BrightnessPanel> Panels, ImmutableArray<LightCurveSeries> Series, int Points)
{
    public static readonly LightCurve Empty = new([], [], 0);

    /// <summary>Series are ordered by panel, wavelength and instrument, unknown bands last; a point with detection and limit counts as a detection.</summary>
    public static LightCurve Of(ImmutableArray<PhotometryPoint> points)
    {
        var panels = points
            .GroupBy(point => BrightnessPanel.KindOf(UnitOf(point)), UnitOf)
            .OrderBy(group => group.Key)
            .Select(group => BrightnessPanel.For(group.Key, group))
            .ToImmutableArray();
        var instruments = points.Select(InstrumentOf).Distinct().Order(StringComparer.OrdinalIgnoreCase).ToList();
        var series = points
            .GroupBy(point => (Kind: KindOf(point), Panel: BrightnessPanel.KindOf(UnitOf(point)), point.Bandpass, Instrument: InstrumentOf(point)))
            .Select(group => new LightCurveSeries
            {
                Kind = group.Key.Kind,
                Panel = panels.Select(panel => panel.Kind).ToList().IndexOf(group.Key.Panel),
                Bandpass = group.Key.Bandpass,
                Instrument = group.Key.Instrument,
                WavelengthNanometres = Bands.WavelengthNanometres(group.Key.Bandpass),
                Shape = instruments.IndexOf(group.Key.Instrument),
                Points = [.. group],
            })
            .OrderBy(one => one.Panel)
            .ThenBy(one => one.WavelengthNanometres ?? double.MaxValue)
            .ThenBy(one => one.Group, StringComparer.OrdinalIgnoreCase)
            .ThenBy(one => one.Kind);
        return new(panels, [.. series], points.Length);
    }

    /// <summary>The unit that decides where a point is drawn.</summary>
    public static BrightnessUnit UnitOf(PhotometryPoint point) => point.IsLimit ? point.LimitingBrightnessUnit : point.BrightnessUnit;

    /// <summary>The number that is drawn: the detection, else the limit.</summary>
    public static double ValueOf(PhotometryPoint point) => point.Brightness ?? point.LimitingBrightness ?? double.NaN;

    public static string InstrumentOf(PhotometryPoint point) => (point.Telescope, point.Instrument) switch
    {
        (null, null) => "",
        (null, { } instrument) => instrument,
        ({ } telescope, null) => telescope,
        var (telescope, instrument) => telescope == instrument ? telescope : $"{telescope}/{instrument}",
    };

    private static SeriesKind KindOf(PhotometryPoint point) =>
        point.IsRetracted ? SeriesKind.Retracted : point.IsLimit ? SeriesKind.Limits : SeriesKind.Detections;
}
