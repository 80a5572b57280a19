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
    [InlineData("05h34m31.94s,22d00m52.2s,36\"", 83.63308333333333, 22.0145, 0.01)]
    [InlineData("05 34 31.94,-02 30 00,6'", 83.63308333333333, -2.5, 0.1)]
    public void Cones_are_read(string text, double rightAscension, double declination, double radius)
    {
        Assert.True(ConeInput.TryParse(text, out var input));
        var cone = input!.Cone!.Value;
        Assert.Equal(rightAscension, cone.RightAscensionDegrees, 1e-9);
        Assert.Equal(declination, cone.DeclinationDegrees, 1e-9);
        Assert.Equal(radius, cone.RadiusDegrees, 1e-9);
    }

    [Theory]
    [InlineData("SN 2026ab,30arcsec", "SN 2026ab", 30 / 3600.0)]
    [InlineData("NGC 1, a part,1", "NGC 1, a part", 1)]
    public void Cone_around_a_target_is_read(string text, string target, double radius)
    {
        Assert.True(ConeInput.TryParse(text, out var input));
        Assert.Null(input!.Cone);
        Assert.Equal(target, input.Around!.Target);
        Assert.Equal(radius, input.Around.RadiusDegrees, 1e-12);
    }

    [Theory]
    [InlineData("83.5", 83.5)]
    [InlineData("0", 0)]
    [InlineData("1:30", 22.5)]
    [InlineData("01h30m", 22.5)]
    [InlineData("1 30 00.0", 22.5)]
    [InlineData("22d30m00s", 22.5)]
    [InlineData("22.5 deg", 22.5)]
    [InlineData("1.5h", 22.5)]
    public void Right_ascensions_in_parts_are_hours_unless_they_say_degrees(string text, double degrees)
    {
        Assert.True(AngleInput.TryRightAscension(text, out var read));
        Assert.Equal(degrees, read, 1e-9);
    }

    [Theory]
    [InlineData("-2.5", -2.5)]
    [InlineData("-02:30:00", -2.5)]
    [InlineData("-00:30", -0.5)]
    [InlineData("+02 30", 2.5)]
    [InlineData("2°30'00\"", 2.5)]
    [InlineData("-90", -90)]
    public void Declinations_are_always_degrees(string text, double degrees)
    {
        Assert.True(AngleInput.TryDeclination(text, out var read));
        Assert.Equal(degrees, read, 1e-9);
    }

    [Theory]
    [InlineData("2h30m")]
    [InlineData("90:00:01")]
    [InlineData("2:60")]
    [InlineData("2.5:30")]
    [InlineData("2:30:10:5")]
    [InlineData("")]
    [InlineData("north")]
    public void What_is_no_declination_is_refused(string text) => Assert.False(AngleInput.TryDeclination(text, out _));

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
