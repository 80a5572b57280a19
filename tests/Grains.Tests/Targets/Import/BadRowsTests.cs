using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Import;

/// <summary>Nothing is guessed: each kind of bad row has its reason, and the rows around it are read.</summary>
public sealed class BadRowsTests
{
    private const string Head = "time,filter,magnitude,error,limit,unit,exposure_time\n";

    [Theory]
    [InlineData(",r,15,,,,", "no time is given")]
    [InlineData("01/07/2026,r,15,,,,", "day/month or month/day")]
    [InlineData("2026,r,15,,,,", "a year or a modified Julian date")]
    [InlineData("2026-07-01T03:04:05 PST,r,15,,,,", "time zone")]
    [InlineData("yesterday,r,15,,,,", "'yesterday' is no ISO 8601 date")]
    [InlineData("nan,r,15,,,,", "not a finite number")]
    [InlineData("1783000000,r,15,,,,", "seconds or milliseconds")]
    [InlineData("1840-01-01,r,15,,,,", "before 1850")]
    [InlineData("2099-01-01,r,15,,,,", "in the future")]
    [InlineData("58000,,15,,,,", "no band is given")]
    [InlineData("58000,r,,,,,", "neither magnitude, flux nor limit")]
    [InlineData("58000,r,bright,,,,", "magnitude 'bright' is not a number")]
    [InlineData("58000,r,NaN,,,,", "magnitude 'NaN' is not a finite number")]
    [InlineData("58000,r,inf,,,,", "magnitude 'inf' is not a finite number")]
    [InlineData("58000,r,1e999,,,,", "magnitude '1e999' is not a finite number")]
    [InlineData("58000,r,99.99,,,,", "magnitude '99.99' is no magnitude")]
    [InlineData("58000,r,-999,,,,", "'-999' is no magnitude")]
    [InlineData("58000,r,15,-0.1,,,", "magnitudeerror '-0.1' is negative")]
    [InlineData("58000,r,15,x,,,", "magnitudeerror 'x' is not a number")]
    [InlineData("58000,r,15,,nan,,", "limit 'nan' is not a finite number")]
    [InlineData("58000,r,15,,120,,", "limit '120' is no magnitude")]
    [InlineData("58000,r,15,,,counts,", "'counts' is not a unit of brightness")]
    [InlineData("58000,r,15,,,MJy,", "'MJy' is not a unit of brightness")]
    [InlineData("58000,r,15,,,,-30", "exposure '-30' is negative")]
    [InlineData("58000,r,15", "has 3 values for 7 columns")]
    [InlineData("58000,r,15,,,,,,", "has 9 values for 7 columns")]
    [InlineData("58000,r,1\"5,,,,", "quote in the middle of a value")]
    public void A_bad_row_says_why_and_harms_no_other(string row, string why)
    {
        var read = Reading.Read($"{Head}57999,r,14,,,,\n{row}\n58001,r,16,,,,\n");

        Assert.Equal(3, read.Rows.Count);
        Assert.Null(read.Rows[1].Point);
        Assert.Contains(why, read.Rows[1].Reason, StringComparison.Ordinal);
        Assert.Equal((3, 14.0, 16.0), (read.Rows[1].Line, read.Rows[0].Point!.Brightness, read.Rows[2].Point!.Brightness));
    }

    [Fact]
    public void A_reason_never_holds_the_control_characters_of_its_value() =>
        Assert.DoesNotContain("\u001b", Reading.Reason($"{Head}58000,r,\u001b[31m,,,,\n"), StringComparison.Ordinal);

    [Fact]
    public void A_flux_without_unit_is_not_taken_for_anything()
    {
        Assert.Contains("neither unit nor zero point", Reading.Reason("mjd,filter,flux,fluxerr\n58000,r,15,1\n"), StringComparison.Ordinal);
        var point = Reading.Point("mjd,filter,flux,fluxerr\n58000,r,15,1\n", defaults: Reading.Defaults with { Unit = BrightnessUnit.Nanojansky });
        Assert.Equal((15.0, BrightnessUnit.Nanojansky), (point.Brightness, point.BrightnessUnit));
    }

    [Fact]
    public void A_magnitude_of_zero_and_a_whole_one_are_values()
    {
        Assert.Equal(0.0, Reading.Point($"{Head}58000,r,0,0,,AB mag,\n").Brightness);
        Assert.Equal(18.0, Reading.Point($"{Head}58000,r,18,,,,\n").Brightness);
    }

    [Fact]
    public void A_column_of_modified_julian_dates_holds_no_julian_ones() =>
        Assert.Contains("Julian date in a column of modified ones", Reading.Reason("mjd,filter,mag\n2458000.5,r,15\n"), StringComparison.Ordinal);

    [Fact]
    public void Lines_of_json_that_are_none_are_bad_rows()
    {
        var read = Reading.Read("{\"time\":\"2026-01-01\",\"band\":\"g\",\"brightness\":18,\"unit\":\"AB mag\"}\n{\"time\":\n[1]\n");

        Assert.Equal(18, read.Rows[0].Point!.Brightness);
        Assert.Equal(["is no JSON object", "is no JSON object"], read.Rows.Skip(1).Select(row => row.Reason));
    }
}
