using TomOrleans.Silo.Pages.Messages;
using TomOrleans.Silo.Pages.Text;

namespace TomOrleans.Silo.Tests.Pages;

public sealed class TextTests
{
    [Fact]
    public void Decimal_declination_always_has_a_sign()
    {
        Assert.Equal("+22.014500", SkyText.SignedDegrees(22.0145));
        Assert.Equal("-0.500000", SkyText.SignedDegrees(-.5));
        Assert.Equal("+0.000000", SkyText.SignedDegrees(0));
    }

    [Theory]
    [InlineData(0, "0 s ago")]
    [InlineData(89, "89 s ago")]
    [InlineData(600, "10 min ago")]
    [InlineData(7200, "2.0 h ago")]
    [InlineData(4 * 86400, "4.0 d ago")]
    [InlineData(400 * 86400, "400 d ago")]
    [InlineData(1461 * 86400, "4.0 yr ago")]
    [InlineData(-30, "in 30 s")]
    public void Ages_have_about_two_digits(int seconds, string text)
    {
        var now = DateTimeOffset.UnixEpoch.AddMicroseconds(Points.Epoch);
        Assert.Equal(text, TimeText.Ago(Points.Epoch - (seconds * 1_000_000L), now));
    }

    [Fact]
    public void Times_show_milliseconds_only_where_there_are_any()
    {
        Assert.Equal("2026-07-01 00:00:00", TimeText.Utc(Points.Epoch));
        Assert.Equal("2026-07-01 00:00:00.250", TimeText.Utc(Points.Epoch + 250_000));
        Assert.Equal("61222.00000", TimeText.Mjd(new Targets.ObservationTime(Points.Epoch).Mjd));
    }

    [Fact]
    public void Counts_are_grouped()
    {
        Assert.Equal("10\u202f000\u202f000", CountText.Of(10_000_000));
        Assert.Equal("1 point", CountText.Of(1, "point", "points"));
    }

    [Theory]
    [InlineData("plain\ttext\r\nof two lines", "plain\ttext\nof two lines")]
    [InlineData("\u001b[31mred\u0007", "\\u001B[31mred\\u0007")]
    [InlineData("\u202Eturned\u2066 \u200Bhidden\u2028", "\\u202Eturned\\u2066 \\u200Bhidden\\u2028")]
    [InlineData("\ud83d\udd2d <b>", "\ud83d\udd2d <b>")]
    public void What_would_not_show_as_itself_is_written_out(string text, string shown) => Assert.Equal(shown, SafeText.Lines(text));

    [Fact]
    public void One_line_stays_one_line()
    {
        Assert.Equal("a\\u000Ab\\u0009c", SafeText.Line("a\nb\tc"));
        Assert.Equal("", SafeText.Line(null));
        Assert.Equal("half \ufffd", SafeText.Line("half \ud83d"));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_digits_and_long_ones_say_so()
    {
        Assert.Equal("{\"a\": \"\u00e4\"}", RawText.Of("{\"a\": \"\u00e4\"}"u8));
        Assert.Equal("000000  00 ff 41\n", RawText.Of([0, 0xff, 0x41]));
        Assert.Equal("000000  1b 5b\n", RawText.Of("\u001b["u8));
        var shown = RawText.Of(new byte[RawText.Longest + 1]);
        Assert.EndsWith("(the first 65,536 of 65,537 bytes; tom message ID --json has all of them)", shown, StringComparison.Ordinal);
        Assert.StartsWith("xxx", RawText.Of(Enumerable.Repeat((byte)'x', RawText.Longest + 1).ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.5, "2.5 deg")]
    [InlineData(.2, "12 arcmin")]
    [InlineData(.0005, "1.8 arcsec")]
    public void Angles_have_the_unit_that_fits(double degrees, string text) => Assert.Equal(text, SkyText.Angle(degrees));

    [Fact]
    public void A_day_begins_in_UTC_and_nothing_else_is_a_day()
    {
        Assert.Equal(1_780_272_000_000_000, DayText.Begin("2026-06-01"));
        Assert.Null(DayText.Begin(""));
        Assert.Equal(TomFault.Invalid, Assert.Throws<TomException>(() => DayText.Begin("01/06/2026")).Fault);
    }
}
