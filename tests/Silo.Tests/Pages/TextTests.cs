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
}
