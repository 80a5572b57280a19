using TomOrleans.Client.Output.Plot;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.Output.Plot;

public sealed class PlotViewTests
{
    private static readonly PlotView Flux = new() { Quantity = PlotQuantity.Flux };

    private static readonly PlotView Magnitude = new() { Quantity = PlotQuantity.Magnitude };

    [Theory]
    [InlineData(23.9, 1)]
    [InlineData(18.9, 100)]
    [InlineData(8.9, 1e6)]
    public void Ab_magnitudes_are_microjanskys_and_back(double magnitude, double microjanskys)
    {
        var curve = LightCurve.Of([Curves.Detection(0, "g", magnitude, 0.1)], Flux);

        Assert.Equal("uJy", curve.Unit);
        Assert.Equal(microjanskys, curve.Points[0].Value, 9 - (int)Math.Log10(microjanskys));
        Assert.Equal(0.1 / 1.0857362 * microjanskys, curve.Points[0].Error!.Value, 6 - (int)Math.Log10(microjanskys));
        var back = LightCurve.Of(curve.Sources.ToList(), Magnitude);
        Assert.Equal((magnitude, 0.1), (Math.Round(back.Points[0].Value, 9), Math.Round(back.Points[0].Error!.Value, 9)));
    }

    [Fact]
    public void What_would_need_the_filter_is_left_out_and_counted()
    {
        var curve = LightCurve.Of(
        [
            Curves.Detection(0, "g", 18), Curves.Detection(1, "V", 18, unit: BrightnessUnit.VegaMagnitude), Curves.Detection(2, "V", 18, unit: BrightnessUnit.Magnitude),
            Curves.Detection(3, "g", 1e-15, unit: BrightnessUnit.FluxPerAngstrom),
        ], Flux);

        Assert.Single(curve.Points);
        Assert.Equal(["3 whose flux depends on the filter"], curve.Remarks);
    }

    [Fact]
    public void Fluxes_that_are_not_significant_are_limits_in_magnitudes()
    {
        var curve = LightCurve.Of([Curves.Detection(0, "o", 100, 10, BrightnessUnit.Microjansky), Curves.Detection(1, "o", 5, 10, BrightnessUnit.Microjansky), Curves.Detection(2, "o", -8, 10, BrightnessUnit.Microjansky)], Magnitude);

        Assert.Equal([false, true, true], curve.Points.Select(point => point.IsLimit));
        Assert.Equal(23.9 - (2.5 * Math.Log10(30)), curve.Points[1].Value, 9);
    }

    [Fact]
    public void One_band_is_drawn_alone() =>
        Assert.Equal(["r"], LightCurve.Of([Curves.Detection(0, "g", 18), Curves.Detection(0, "r", 18), Curves.Detection(0, "R", 18)], new PlotView { Bands = ["r"] }).Points.Select(point => point.Band));

    [Theory]
    [InlineData(60000.0, 0.0)]
    [InlineData(60001.25, 0.5)]
    [InlineData(59999.0, 0.6)]
    [InlineData(60002.5, 0.0)]
    public void Phases_run_from_0_to_below_1_before_the_epoch_too(double mjd, double phase) =>
        Assert.Equal(phase, new PlotFold(2.5, 60000).PhaseOf(mjd), 9);

    [Fact]
    public void A_folded_curve_is_drawn_over_two_cycles()
    {
        var points = Enumerable.Range(0, 40).Select(i => Curves.Detection(i * 0.7, "g", 18 + Math.Sin(2 * Math.PI * i * 0.7 / 2.5))).ToList();

        var lines = LightCurvePlot.Render("SIM-001", LightCurve.Of(points, new PlotView { PeriodDays = 2.5, EpochMjd = 61345 }), new(80, 24, Ascii: true)).Select(line => line.ToString()).ToList();

        Assert.Equal(24, lines.Count);
        Assert.Contains(lines, line => line.TrimStart().StartsWith("0.0", StringComparison.Ordinal) && line.Contains("1.0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("phase of a period of 2.5 d, 0 at MJD 61345", StringComparison.Ordinal));
        Assert.Contains("g: 40", lines[^1], StringComparison.Ordinal);

        // The second half is the first once more.
        var rows = lines.Skip(1).Take(19).Select(line => line.PadRight(80)).ToList();
        var start = lines.First(line => line.Contains('+', StringComparison.Ordinal) && line.Contains("--", StringComparison.Ordinal)).IndexOf('+', StringComparison.Ordinal) + 1;
        var marks = rows.Select(row => (Left: row[start..].Take((80 - start) / 2).Count(character => character == 'g'), Right: row[start..].Skip((80 - start) / 2).Count(character => character == 'g'))).ToList();
        Assert.True(marks.Sum(mark => mark.Left) > 20);
        Assert.InRange(marks.Sum(mark => Math.Abs(mark.Left - mark.Right)), 0, 6);
    }
}
