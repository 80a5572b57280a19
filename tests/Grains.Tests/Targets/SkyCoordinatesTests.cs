using FsCheck.Xunit;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class SkyCoordinatesTests
{
    [Theory]
    [InlineData(0.0, "00:00:00.00")]
    [InlineData(155.125, "10:20:30.00")]
    [InlineData(359.99999, "00:00:00.00")]
    [InlineData(359.9999, "23:59:59.98")]
    [InlineData(14.9999999, "01:00:00.00")]
    [InlineData(-15.0, "23:00:00.00")]
    [InlineData(360.0, "00:00:00.00")]
    [InlineData(double.NaN, "")]
    public void Right_ascension_is_written_in_hours_and_carries(double degrees, string text) => Assert.Equal(text, SkyCoordinates.FormatRightAscension(degrees));

    [Theory]
    [InlineData(0.0, "+00:00:00.0")]
    [InlineData(20.5, "+20:30:00.0")]
    [InlineData(-5.5, "-05:30:00.0")]
    [InlineData(-0.5, "-00:30:00.0")]
    [InlineData(-0.0001, "-00:00:00.4")]
    [InlineData(-0.000001, "+00:00:00.0")]
    [InlineData(19.99999999, "+20:00:00.0")]
    [InlineData(-89.99999999, "-90:00:00.0")]
    [InlineData(90.1, "")]
    [InlineData(double.NaN, "")]
    public void Declination_is_written_with_its_sign_even_below_one_degree(double degrees, string text) =>
        Assert.Equal(text, SkyCoordinates.FormatDeclination(degrees));

    [Theory]
    [InlineData("150.5", 150.5)]
    [InlineData(" 0 ", 0.0)]
    [InlineData("360", 0.0)]
    [InlineData("1.5e2", 150.0)]
    [InlineData("10:20:30", 155.125)]
    [InlineData("10 20 30", 155.125)]
    [InlineData("10:20", 155.0)]
    [InlineData("10h20m30s", 155.125)]
    [InlineData("10h 20m 30s", 155.125)]
    [InlineData("10:20:30.6", 155.1275)]
    [InlineData("150d30m00s", 150.5)]
    [InlineData("150.5d", 150.5)]
    [InlineData("150.5 deg", 150.5)]
    [InlineData("150\u00B030'00\"", 150.5)]
    public void Right_ascension_in_parts_is_hours_unless_it_says_degrees(string text, double degrees) =>
        Assert.Equal(degrees, SkyCoordinates.ParseRightAscension(text)!.Value, 9);

    [Theory]
    [InlineData("42.2", 42.2)]
    [InlineData("-90", -90.0)]
    [InlineData("-0.5", -0.5)]
    [InlineData("20d30m00s", 20.5)]
    [InlineData("-00d30m00s", -0.5)]
    [InlineData("20\u00B030'00\"", 20.5)]
    [InlineData("5d30m", 5.5)]
    [InlineData("+20:30:00", 20.5)]
    [InlineData("-20 30 00", -20.5)]
    public void Declination_is_degrees_where_that_is_certain(string text, double degrees) => Assert.Equal(degrees, SkyCoordinates.ParseDeclination(text)!.Value, 9);

    [Theory]
    [InlineData("-05:30:00")]
    [InlineData("06:00:00")]
    [InlineData("00 30 00")]
    [InlineData("5h30m00s")]
    [InlineData("91")]
    [InlineData("95:00:00")]
    [InlineData("20:60:00")]
    [InlineData("NaN")]
    [InlineData("")]
    public void A_declination_that_could_be_hours_is_not_read(string text) => Assert.Null(SkyCoordinates.ParseDeclination(text));

    [Theory]
    [InlineData("-10")]
    [InlineData("400")]
    [InlineData("25:00:00")]
    [InlineData("10:60:00")]
    [InlineData("10:20:60")]
    [InlineData("10.5:20:00")]
    [InlineData("10:20:30:40")]
    [InlineData("10;20;30")]
    [InlineData("ten")]
    [InlineData("Infinity")]
    [InlineData("\u221210")]
    [InlineData("")]
    public void A_right_ascension_that_is_none_is_not_read(string text) => Assert.Null(SkyCoordinates.ParseRightAscension(text));

    [Fact]
    public void Separation_is_good_for_small_and_large_angles()
    {
        Assert.Equal(1 / 3600e3, SkyCoordinates.SeparationDegrees(10, 89, 10, 89 + (1 / 3600e3)), 12);
        Assert.Equal(0.5, SkyCoordinates.SeparationDegrees(359.75, 0, 0.25, 0), 12);
        Assert.Equal(180, SkyCoordinates.SeparationDegrees(0, 0, 180, 0), 6);
        Assert.Equal(180, SkyCoordinates.SeparationDegrees(77, 90, 12, -90), 6);
        Assert.Equal(2, SkyCoordinates.SeparationDegrees(0, 89, 180, 89), 10);
    }

    [Property]
    public bool What_is_written_reads_back_within_its_last_digit(ushort rightAscension, short declination)
    {
        var ra = rightAscension * (359.99 / ushort.MaxValue);
        var dec = 6.1 + (Math.Abs((double)declination) * (83.9 / 32768));
        return Math.Abs(SkyCoordinates.ParseRightAscension(SkyCoordinates.FormatRightAscension(ra))!.Value - ra) < 0.000022
            && Math.Abs(SkyCoordinates.ParseDeclination(SkyCoordinates.FormatDeclination(-dec))!.Value + dec) < 0.000015;
    }

    [Property]
    public void Any_text_is_read_or_not_without_an_exception(string? text)
    {
        Assert.InRange(SkyCoordinates.ParseRightAscension(text) ?? 0, 0, 360);
        Assert.InRange(SkyCoordinates.ParseDeclination(text) ?? 0, -90, 90);
    }
}
