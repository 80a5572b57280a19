using TomOrleans.HermesRules.Validation;

namespace TomOrleans.Sandbox.Tests.Hermes;

public sealed class DateAndCoordinateTests
{
    [Theory]
    [InlineData("2026-07-01T03:04:05.1234567Z")]
    [InlineData("2026-07-01 03:04:05.5+0200")]
    [InlineData("07/01/2026 03:04:05 +00:00")]
    [InlineData("31/12/2026")]
    [InlineData("20260701T030405")]
    [InlineData("1 July 2026 03:04")]
    [InlineData("Jul 1, 2026")]
    [InlineData("2026-Jul-01")]
    [InlineData("Wed, 01 Jul 2026 03:04:05 GMT")]
    [InlineData("Monday")]
    [InlineData("03:04:05")]
    [InlineData("0001-01-01T00:00:00.0000000")]
    [InlineData("2026")]
    [InlineData("61_222.1")]
    [InlineData("\u0666\u0661\u0662\u0662\u0662")]
    public void Date_in_any_of_these_forms_is_taken_as_it_stands(string text) => Assert.Equal(Checked.Ok(text), DateRule.Check(text));

    [Theory]
    [InlineData("1782875045")]
    [InlineData("1000")]
    [InlineData("nan")]
    [InlineData("2026-06-30T24:00:00")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2026-02-30")]
    [InlineData("2026-W27-3")]
    [InlineData("2026-182")]
    [InlineData("JD 2461222.5")]
    [InlineData("10000-01-01")]
    [InlineData("13/13/2026")]
    [InlineData("tomorrow")]
    public void Text_that_is_no_date_is_refused(string text) => Assert.True(DateRule.Check(text).Failed);

    [Fact]
    public void Year_of_twenty_digits_crashes() =>
        Assert.Throws<HermesCrashException>(() => DateRule.Check("20260000000000000000-01-01"));

    [Theory]
    [InlineData("-10", 350)]
    [InlineData("360", 0)]
    [InlineData("10:20", 155)]
    [InlineData("10 20 30", 155.125)]
    [InlineData("10h20m30s", 155.125)]
    [InlineData("150d30m00s", 150.5)]
    [InlineData("150.5 deg", 150.5)]
    [InlineData("\u221210", 210)]
    public void Right_ascension_without_a_unit_is_degrees_only_as_a_plain_number(string text, double degrees) =>
        Assert.Equal(degrees, (double)Coordinate.RightAscension(text).Value!, 1e-9);

    [Theory]
    [InlineData("-5.5", -5.5)]
    [InlineData("-05:30:00", -82.5)]
    [InlineData("-00:30:00", -7.5)]
    [InlineData("20d30m00s", 20.5)]
    [InlineData("20\u00B030'00\"", 20.5)]
    public void Declination_in_parts_is_taken_for_hours_unless_it_says_degrees(string text, double degrees) =>
        Assert.Equal(degrees, (double)Coordinate.Declination(text).Value!, 1e-9);

    [Theory]
    [InlineData("25:00:00")]
    [InlineData("10:70:00")]
    [InlineData("10:20:61")]
    [InlineData("")]
    [InlineData("RA 10")]
    public void Right_ascension_that_is_no_angle_is_refused(string text) => Assert.True(Coordinate.RightAscension(text).Failed);

    [Theory]
    [InlineData("+20:30:00")]
    [InlineData("90.0001")]
    [InlineData("95d00m00s")]
    [InlineData("-inf")]
    public void Declination_beyond_the_pole_is_refused(string text) => Assert.True(Coordinate.Declination(text).Failed);

    /// <summary>Verdicts of python-dateutil 2.9.0 behind the rule for numbers.</summary>
    [Theory]
    [InlineData("2026-07-01T030405", true)]
    [InlineData("2026-07-01T0304", true)]
    [InlineData("2026-07-01T03", true)]
    [InlineData("26-07-01", true)]
    [InlineData("07/01/26", true)]
    [InlineData("1-7-26", true)]
    [InlineData("12/31", true)]
    [InlineData("07/2026", true)]
    [InlineData("260701 03:04:05", true)]
    [InlineData("2026 03:04:05", true)]
    [InlineData("2026-07-01 3pm", true)]
    [InlineData("2026-07-01 3h4m", true)]
    [InlineData("2026-07-01 03h04m05s", true)]
    [InlineData("2026-07-01 at 03:04:05", true)]
    [InlineData("2026-07-01 13:00 am", false)]
    [InlineData("2026-07-01 15:04 PM", false)]
    [InlineData("2026-07-01 12:00 am", true)]
    [InlineData("2026-07-01T03:04:05.", true)]
    [InlineData("2026-07-01T03:04:05.Z", false)]
    [InlineData("WedT03:04:05", false)]
    [InlineData("TT03:04:05", false)]
    [InlineData("31/31/2026", false)]
    [InlineData("2026-31-12", false)]
    [InlineData("260701", false)]
    [InlineData("20260701 T03:04:05", true)]
    [InlineData("2026-W27-3", false)]
    [InlineData("2026-182", false)]
    [InlineData("2026-02-29", false)]
    [InlineData("2024-02-29", true)]
    [InlineData("Thu Sep 25 10:36:28 2003", true)]
    [InlineData("10h36m28.5s", true)]
    [InlineData("25 10 2003", true)]
    [InlineData("Sep 25", true)]
    [InlineData("tomorrow", false)]
    [InlineData("2026-07-01T03:04:05+25:00", true)]
    [InlineData("2026-07-01T03:04:05 PST8PDT", false)]
    [InlineData("2026-07-01T24:00", false)]
    [InlineData("2026-07-01T23:59:60Z", false)]
    public void Odd_dates_are_taken_where_dateutil_takes_them(string text, bool isTaken) => Assert.Equal(isTaken, !DateRule.Check(text).Failed);
}
