using System.Globalization;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.Output;

public sealed class PhotometryCsvTests
{
    private static string[] Rows(params PhotometryPoint[] points)
    {
        using var text = new StringWriter();
        PhotometryCsv.Write(text, points);
        return text.ToString().Split('\n')[1..^1];
    }

    [Fact]
    public void Detections_and_limits_are_lines_under_the_header()
    {
        using var text = new StringWriter();

        Assert.Equal((2, 0), PhotometryCsv.Write(text, [Sample.Detection, Sample.Limit]));
        Assert.Equal(
            """
            time,mjd,filter,magnitude,error,limit,unit,telescope,instrument,source
            2026-11-01T02:03:04.5Z,61345.08546875,g,18.2041,0.031,,AB mag,FTN,MuSCAT3,LCO
            2026-11-02T02:03:04.5Z,61346.08546875,r,,,20.5,AB mag,,,ZTF

            """,
            text.ToString());
    }

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1", "' =1")]
    [InlineData("\t=1", "\\u0009=1")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("=\"x\",1", "\"'=\"\"x\"\",1\"")]
    [InlineData("two\nlines", "two\\u000Alines")]
    [InlineData("g'", "g'")]
    public void A_text_from_outside_is_neither_formula_nor_second_line(string telescope, string cell) =>
        Assert.EndsWith($",AB mag,{cell},MuSCAT3,LCO", Assert.Single(Rows(Sample.Detection with { Telescope = telescope })), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.1)]
    [InlineData(-17.123456789012345)]
    [InlineData(1e-300)]
    [InlineData(double.MaxValue)]
    public void Numbers_come_back_exactly(double value)
    {
        var row = Assert.Single(Rows(Sample.Detection with { Brightness = value, Telescope = null }));

        Assert.Equal(value, double.Parse(row.Split(',')[3], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_limit_in_another_unit_than_the_brightness_gets_its_own_line()
    {
        var rows = Rows(Sample.Detection with { LimitingBrightness = 3, LimitingBrightnessUnit = BrightnessUnit.Microjansky });

        Assert.Equal(2, rows.Length);
        Assert.Contains(",g,18.2041,0.031,,AB mag,", rows[0], StringComparison.Ordinal);
        Assert.Contains(",g,,,3,uJy,", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Retracted_points_are_left_out_and_counted() =>
        Assert.Equal((1, 1), PhotometryCsv.Write(TextWriter.Null, [Sample.Detection with { IsRetracted = true }, Sample.Limit]));
}
