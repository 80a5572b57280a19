using TomOrleans.Client.Input;

namespace TomOrleans.Client.Tests.Input;

public sealed class InputTests
{
    [Theory]
    [InlineData("83.63,22.01,0.5", 83.63, 22.01, 0.5)]
    [InlineData(" 0 , -90 , 180 ", 0, -90, 180)]
    [InlineData("05:34:31.94,+22:00:52.2,0.1", 83.63308333333333, 22.0145, 0.1)]
    [InlineData("00:00:00,-00:00:36,1", 0, -0.01, 1)]
    [InlineData("12:30,-10:30,6arcmin", 187.5, -10.5, 0.1)]
    [InlineData("10,20,36 arcsec", 10, 20, 0.01)]
    [InlineData("10,20,2deg", 10, 20, 2)]
    public void Cones_are_read(string text, double rightAscension, double declination, double radius)
    {
        Assert.True(ConeInput.TryParse(text, out var cone));
        Assert.Equal(rightAscension, cone.RightAscensionDegrees, 1e-9);
        Assert.Equal(declination, cone.DeclinationDegrees, 1e-9);
        Assert.Equal(radius, cone.RadiusDegrees, 1e-9);
    }

    [Theory]
    [InlineData("1,2")]
    [InlineData("1,2,3,4")]
    [InlineData("360,0,1")]
    [InlineData("-1,0,1")]
    [InlineData("0,90.1,1")]
    [InlineData("0,0,0")]
    [InlineData("0,0,-1")]
    [InlineData("NaN,0,1")]
    [InlineData("0,0,Infinity")]
    [InlineData("05:60:00,0,1")]
    [InlineData("24:00:00,0,1")]
    [InlineData("5:34:31:1,0,1")]
    [InlineData("5.5:30,0,1")]
    [InlineData("+-5:30,0,1")]
    [InlineData("0,0,5parsec")]
    public void What_is_no_circle_on_the_sky_is_refused(string text) => Assert.False(ConeInput.TryParse(text, out _));

    [Theory]
    [InlineData("2026-11-01", 1_793_491_200_000_000)]
    [InlineData("2026-11-01T02:03:04Z", 1_793_498_584_000_000)]
    [InlineData("2026-11-01T02:03:04.5Z", Sample.Time)]
    [InlineData("2026-11-01T02:03:04.500001Z", Sample.Time + 1)]
    [InlineData("2026-11-01T04:03:04.5+02:00", Sample.Time)]
    [InlineData("2026-11-01T02:03Z", 1_793_498_580_000_000)]
    [InlineData("1969-12-31T23:59:59.999999Z", -1)]
    public void Times_are_read_in_UTC(string text, long microseconds)
    {
        Assert.True(TimeInput.TryParse(text, out var read));
        Assert.Equal(microseconds, read);
    }

    [Theory]
    [InlineData("01/07/2026")]
    [InlineData("2026")]
    [InlineData("2026-11")]
    [InlineData("2026-11-01T02:03:04")]
    [InlineData("2026-11-01 02:03:04Z")]
    [InlineData("2026-02-30")]
    [InlineData("60000.5")]
    [InlineData("yesterday")]
    public void Times_that_would_have_to_be_guessed_are_refused(string text) => Assert.False(TimeInput.TryParse(text, out _));

    [Theory]
    [InlineData("hermes", "hermes", null)]
    [InlineData("hermes:hermes.test", "hermes", "hermes.test")]
    [InlineData("hermes:a:b", "hermes", "a:b")]
    public void Destinations_are_read(string text, string destination, string? topic)
    {
        Assert.True(DestinationInput.TryParse(text, out var read));
        Assert.Equal(new(destination, topic), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":topic")]
    [InlineData("hermes:")]
    public void What_names_no_destination_is_refused(string text) => Assert.False(DestinationInput.TryParse(text, out _));
}
