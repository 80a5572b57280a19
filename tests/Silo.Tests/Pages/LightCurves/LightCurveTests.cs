using TomOrleans.Silo.Pages.LightCurves;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Tests.Pages.LightCurves;

public sealed class LightCurveTests
{
    [Fact]
    public void Series_run_from_blue_to_red_with_limits_behind_their_detections_and_unknown_bands_last()
    {
        var curve = LightCurve.Of([Points.Detection(18, band: "clear"), Points.Limit(20, band: "i"), Points.Detection(18, band: "i"), Points.Detection(18, band: "g"), Points.Detection(18, band: "ztfr")]);
        Assert.Equal(
            [("g", SeriesKind.Detections), ("ztfr", SeriesKind.Detections), ("i", SeriesKind.Detections), ("i", SeriesKind.Limits), ("clear", SeriesKind.Detections)],
            curve.Series.Select(series => (series.Bandpass, series.Kind)));
        Assert.Equal("i · 1m0a/fa16", curve.Series[2].Group);
        Assert.Equal(curve.Series[2].Group, curve.Series[3].Group);
    }

    [Fact]
    public void A_point_with_detection_and_limit_is_a_detection()
    {
        var curve = LightCurve.Of([Points.Detection(18) with { LimitingBrightness = 20.5 }]);
        Assert.Equal(SeriesKind.Detections, Assert.Single(curve.Series).Kind);
    }

    [Fact]
    public void Each_instrument_has_a_shape_of_its_own_in_every_band()
    {
        var curve = LightCurve.Of([Points.Detection(18, band: "g"), Points.Detection(18, band: "g", telescope: "P48", instrument: null), Points.Detection(18, band: "r", telescope: "P48", instrument: null)]);
        Assert.Equal([("1m0a/fa16", 0), ("P48", 1), ("P48", 1)], curve.Series.Select(series => (series.Instrument, series.Shape)));
    }

    [Fact]
    public void Magnitudes_and_fluxes_get_panels_of_their_own_and_only_magnitudes_are_inverted()
    {
        var curve = LightCurve.Of([
            Points.Detection(90, unit: BrightnessUnit.Microjansky), Points.Detection(0.1, unit: BrightnessUnit.Millijansky), Points.Detection(80, unit: BrightnessUnit.Microjansky),
            Points.Detection(18), Points.Limit(1e-17, BrightnessUnit.FluxPerAngstrom)]);
        Assert.Equal(["mag (AB)", "flux [µJy]", "flux [erg s⁻¹ cm⁻² Å⁻¹]"], curve.Panels.Select(panel => panel.Title));
        Assert.Equal([true, false, false], curve.Panels.Select(panel => panel.IsInverted));
        Assert.Equal(100, curve.Panels[1].InUnit(0.1, BrightnessUnit.Millijansky), 1e-9);
    }

    [Fact]
    public void Mixed_magnitude_systems_share_an_axis_that_says_so_and_are_not_converted()
    {
        var curve = LightCurve.Of([Points.Detection(18), Points.Detection(18.2, unit: BrightnessUnit.VegaMagnitude)]);
        var panel = Assert.Single(curve.Panels);
        Assert.Equal("mag (AB), mag (Vega): systems mixed", panel.Title);
        Assert.Equal(18.2, panel.InUnit(18.2, BrightnessUnit.VegaMagnitude));
    }

    [Fact]
    public void Retracted_points_are_kept_apart()
    {
        var curve = LightCurve.Of([Points.Detection(18), Points.Detection(17) with { IsRetracted = true }]);
        Assert.Equal([SeriesKind.Detections, SeriesKind.Retracted], curve.Series.Select(series => series.Kind));
    }

    [Fact]
    public void No_points_make_no_panels() => Assert.Equal((0, 0), (LightCurve.Of([]).Panels.Length, LightCurve.Of([]).Series.Length));
}
