using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.Output;

public sealed class TextFormTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(Sample.Time, "2026-11-01T02:03:04.5Z")]
    [InlineData(Sample.Time + 1, "2026-11-01T02:03:04.500001Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999Z")]
    public void Times_are_RFC_3339_to_the_microsecond(long microseconds, string text) => Assert.Equal(text, TimeText.Exact(microseconds));

    [Theory]
    [InlineData(0, "0 s ago")]
    [InlineData(59.9, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3600 * 47, "47 h ago")]
    [InlineData(3600 * 48, "2 d ago")]
    [InlineData(-90, "in 1 min")]
    public void Ages_are_told_in_the_largest_unit_that_fits(double seconds, string text) =>
        Assert.Equal(text, TimeText.Age(Sample.Time, DateTimeOffset.UnixEpoch.AddMicroseconds(Sample.Time).AddSeconds(seconds)));

    [Theory]
    [InlineData(18.2041, 0.031, BrightnessUnit.AbMagnitude, "18.2041 ± 0.031 AB mag")]
    [InlineData(18.0, null, BrightnessUnit.Magnitude, "18.0 mag")]
    [InlineData(0.0, 0.0, BrightnessUnit.VegaMagnitude, "0.0 ± 0.0 Vega mag")]
    [InlineData(1234.5678, 12.0, BrightnessUnit.Nanojansky, "1234.57 ± 12 nJy")]
    [InlineData(-1.2e-17, 3e-18, BrightnessUnit.FluxPerAngstrom, "-1.2E-17 ± 3E-18 erg / s / cm² / \u212B")]
    public void Brightness_has_its_error_and_unit(double value, double? error, BrightnessUnit unit, string text) =>
        Assert.Equal(text, BrightnessText.Measured(Sample.Detection with { Brightness = value, BrightnessError = error, BrightnessUnit = unit }));

    [Theory]
    [InlineData(BrightnessUnit.AbMagnitude, "> 20.5 AB mag")]
    [InlineData(BrightnessUnit.Microjansky, "< 20.5 uJy")]
    public void A_limit_says_on_which_side_of_it_the_object_is(BrightnessUnit unit, string text) =>
        Assert.Equal(text, BrightnessText.Either(Sample.Limit with { LimitingBrightnessUnit = unit }));

    [Theory]
    [InlineData(0, "00:00:00.00")]
    [InlineData(83.633083, "05:34:31.94")]
    [InlineData(359.9999999, "00:00:00.00")]
    public void Right_ascension_is_told_in_hours(double degrees, string text) => Assert.Equal(text, SkyText.Hours(degrees));

    [Theory]
    [InlineData(22.0145, "+22:00:52.2")]
    [InlineData(-0.0145, "-00:00:52.2")]
    [InlineData(89.9999999, "+90:00:00.0")]
    public void Declination_keeps_its_sign(double degrees, string text) => Assert.Equal(text, SkyText.Declination(degrees));
}
