using TomOrleans.Client.Output.Plot;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.Output.Plot;

public sealed class LightCurveTests
{
    [Fact]
    public void Magnitudes_are_drawn_where_there_are_any_and_fluxes_are_counted()
    {
        var curve = LightCurve.Of([Curves.Detection(0, "g", 18), Curves.Detection(1, "g", 230, unit: BrightnessUnit.Microjansky)]);

        Assert.True(curve.BrightIsSmall);
        Assert.Equal(18, Assert.Single(curve.Points).Value);
        Assert.Equal(["1 in other units"], curve.Remarks);
    }

    [Fact]
    public void Flux_detections_win_over_limits_in_magnitudes()
    {
        var curve = LightCurve.Of([Curves.Limit(0, "g", 21), Curves.Detection(1, "g", 230, 5, BrightnessUnit.Nanojansky)]);

        Assert.False(curve.BrightIsSmall);
        Assert.Equal(("nJy", 230.0, 5.0), (curve.Unit, curve.Points[0].Value, curve.Points[0].Error!.Value));
    }

    [Fact]
    public void Limits_alone_are_drawn_too()
    {
        var curve = LightCurve.Of([Curves.Limit(0, "g", 21)]);

        Assert.Equal((true, true, null), (curve.BrightIsSmall, curve.Points[0].IsLimit, curve.Points[0].Error));
    }

    [Fact]
    public void Several_magnitude_systems_are_all_named()
    {
        var curve = LightCurve.Of([Curves.Detection(0, "g", 18), Curves.Detection(1, "V", 18.1, unit: BrightnessUnit.VegaMagnitude)]);

        Assert.Equal("AB mag and Vega mag", curve.Unit);
    }

    [Fact]
    public void Retracted_points_are_not_drawn_but_counted()
    {
        var curve = LightCurve.Of([Curves.Detection(0, "g", 18), Curves.Detection(1, "g", 12) with { IsRetracted = true }]);

        Assert.Single(curve.Points);
        Assert.Equal(["1 retracted"], curve.Remarks);
    }

    [Theory]
    [InlineData("g", 'g')]
    [InlineData("g'", 'g')]
    [InlineData("gp", 'g')]
    [InlineData("zs", 'z')]
    [InlineData("ztfr", 'r')]
    [InlineData("SDSS i", 'i')]
    [InlineData("ZTF_g", 'g')]
    [InlineData("LSST-y", 'y')]
    [InlineData("V", 'V')]
    [InlineData("clear", 'c')]
    [InlineData("UVW1", 'U')]
    [InlineData("", '?')]
    [InlineData("星", '?')]
    [InlineData("\\u001B[2J", '?')]
    public void A_band_is_drawn_by_its_letter(string band, char letter) => Assert.Equal(letter, BandMark.Letter(band));

    [Fact]
    public void The_six_bands_of_a_survey_have_six_colours() =>
        Assert.Equal(6, "ugrizy".Select(BandMark.StyleOf).Distinct().Count());

    [Theory]
    [InlineData(17.0, 21.0, 5, "17 18 19 20 21")]
    [InlineData(0.0, 1.0, 4, "0.0 0.5 1.0")]
    [InlineData(61345.01, 61345.09, 5, "61345.02 61345.04 61345.06 61345.08")]
    [InlineData(-3e-17, 3e-17, 3, "-2.0e-17 0.0e+0 2.0e-17")]
    public void Ticks_are_round_numbers(double low, double high, int most, string labels)
    {
        var (values, step) = new PlotAxis(low, high, 50).Ticks(most);

        Assert.Equal(labels, string.Join(' ', values.Select(value => PlotAxis.Label(value, step))));
    }

    [Fact]
    public void A_value_that_the_axis_does_not_reach_has_no_cell_on_it()
    {
        var axis = new PlotAxis(0, 10, 11);

        Assert.Equal((-1, 0, 5, 10, 11), (axis.CellOf(-1e9), axis.CellOf(0), axis.CellOf(5), axis.CellOf(10), axis.CellOf(1e9)));
    }
}
