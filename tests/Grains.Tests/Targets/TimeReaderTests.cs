using FsCheck;
using FsCheck.Xunit;
using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class TimeReaderTests
{
    [Theory]
    [InlineData("2026-07-01T03:04:05Z", "2026-07-01T03:04:05Z")]
    [InlineData("2026-07-01T03:04:05", "2026-07-01T03:04:05Z")]
    [InlineData("2026-07-01 03:04:05", "2026-07-01T03:04:05Z")]
    [InlineData("2026-07-01T03:04", "2026-07-01T03:04:00Z")]
    [InlineData("2026-07-01T03:04Z", "2026-07-01T03:04:00Z")]
    [InlineData("2026-07-01t03:04:05z", "2026-07-01T03:04:05Z")]
    [InlineData("2026-07-01T03:04:05.5Z", "2026-07-01T03:04:05.5Z")]
    [InlineData("2026-07-01T03:04:05,5Z", "2026-07-01T03:04:05.5Z")]
    [InlineData("2026-07-01T03:04:05.1234567Z", "2026-07-01T03:04:05.123456Z")]
    [InlineData("2026-07-01T03:04:05.999999999Z", "2026-07-01T03:04:05.999999Z")]
    [InlineData("2026-07-01T03:04:05+02:00", "2026-07-01T01:04:05Z")]
    [InlineData("2026-07-01T03:04:05-0330", "2026-07-01T06:34:05Z")]
    [InlineData("2026-07-01T03:04:05+02", "2026-07-01T01:04:05Z")]
    [InlineData("2026-07-01 03:04:05.25 +00:00", "2026-07-01T03:04:05.25Z")]
    [InlineData("2026-07-01 03:04:05 UTC", "2026-07-01T03:04:05Z")]
    [InlineData("20260701T030405Z", "2026-07-01T03:04:05Z")]
    [InlineData("20260701T030405", "2026-07-01T03:04:05Z")]
    [InlineData("20260701T030405.125+0100", "2026-07-01T02:04:05.125Z")]
    [InlineData("2026-07-01", "2026-07-01T00:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData(" \t2026-07-01T03:04:05Z\n", "2026-07-01T03:04:05Z")]
    public void Iso_times_are_read_as_utc(string text, string expected)
    {
        var time = Read(text);

        Assert.Equal(expected, CanonicalTime.Format(time.UtcMicroseconds));
        Assert.Equal(TimeForm.Iso, time.Form);
    }

    [Theory]
    [InlineData("2461222.5", TimeForm.JulianDate, "2026-07-01T00:00:00Z")]
    [InlineData("2.4612225e6", TimeForm.JulianDate, "2026-07-01T00:00:00Z")]
    [InlineData("2400000.5", TimeForm.JulianDate, "1858-11-17T00:00:00Z")]
    [InlineData("2400000", TimeForm.JulianDate, "1858-11-16T12:00:00Z")]
    [InlineData("2600000", TimeForm.JulianDate, "2406-06-16T12:00:00Z")]
    [InlineData("61222", TimeForm.ModifiedJulianDate, "2026-07-01T00:00:00Z")]
    [InlineData("61222.128", TimeForm.ModifiedJulianDate, "2026-07-01T03:04:19.2Z")]
    [InlineData(" 61222.1 ", TimeForm.ModifiedJulianDate, "2026-07-01T02:24:00Z")]
    [InlineData("6.1222128E+4", TimeForm.ModifiedJulianDate, "2026-07-01T03:04:19.2Z")]
    [InlineData("10000", TimeForm.ModifiedJulianDate, "1886-04-04T00:00:00Z")]
    [InlineData("150000", TimeForm.ModifiedJulianDate, "2269-07-25T00:00:00Z")]
    public void Julian_dates_are_told_apart_by_their_size(string text, TimeForm form, string expected)
    {
        var time = Read(text);

        Assert.Equal(expected, CanonicalTime.Format(time.UtcMicroseconds));
        Assert.Equal(form, time.Form);
        Assert.Equal(text.Trim(), time.Text);
    }

    [Fact]
    public void A_julian_date_keeps_the_microsecond_that_a_double_would_lose()
    {
        // 2461222.500000000012 d: 1.04 us after midnight; the doubles beside it are 40 us apart.
        Assert.Equal(Read("2461222.5").UtcMicroseconds + 1, Read("2461222.500000000012").UtcMicroseconds);
        Assert.Equal(Read("61222.5").UtcMicroseconds - 1, Read("61222.49999999998843").UtcMicroseconds);
    }

    [Theory]
    [InlineData("01/07/2026", "could be day/month or month/day")]
    [InlineData("07/01/2026 03:04:05 +00:00", "could be day/month or month/day")]
    [InlineData("2026/07/01", "could be day/month or month/day")]
    [InlineData("2026", "could be a year")]
    [InlineData("2026.5", "could be a year")]
    [InlineData("1000", "could be a year")]
    [InlineData("9999", "could be a year")]
    [InlineData("999", "neither a Julian date")]
    [InlineData("-61222.1", "neither a Julian date")]
    [InlineData("150000.1", "neither a Julian date")]
    [InlineData("2600000.0001", "neither a Julian date")]
    [InlineData("20260701", "neither a Julian date")]
    [InlineData("1782875045", "seconds or milliseconds since 1970")]
    [InlineData("1782875045000", "seconds or milliseconds since 1970")]
    [InlineData("1e999", "too large")]
    [InlineData("61_222.1", "not a plain number")]
    [InlineData("2026-07-01T03:04:05 PST", "name of a time zone")]
    [InlineData("2026-07-01T03:04:05 EST", "name of a time zone")]
    [InlineData("2026-07-01T03:04:05A", "name of a time zone")]
    [InlineData("1 July 2026", "no ISO 8601 date")]
    [InlineData("July 1, 2026", "no ISO 8601 date")]
    [InlineData("Monday", "no ISO 8601 date")]
    [InlineData("2026-W27-3", "no ISO 8601 date")]
    [InlineData("2026-182", "no ISO 8601 date")]
    [InlineData("2026-07", "no ISO 8601 date")]
    [InlineData("2026-7-1", "no ISO 8601 date")]
    [InlineData("JD 2461222.5", "no ISO 8601 date")]
    [InlineData("JD, MJD, or ISO format date", "no ISO 8601 date")]
    [InlineData("\u0666\u0661\u0662\u0662\u0662", "no ISO 8601 date")]
    [InlineData("03:04:05", "no ISO 8601 date with a time")]
    [InlineData("2026-07-01T03:04:60Z", "leap second")]
    [InlineData("2026-07-01T24:00:00Z", "hour 24")]
    [InlineData("2026-07-01T25:00:00Z", "no time of day")]
    [InlineData("2026-07-01T03:60:00Z", "no time of day")]
    [InlineData("2026-07-01T03:04:61Z", "no time of day")]
    [InlineData("2026-02-30", "no date of the calendar")]
    [InlineData("2025-02-29", "no date of the calendar")]
    [InlineData("2026-13-01", "no date of the calendar")]
    [InlineData("2026-00-10", "no date of the calendar")]
    [InlineData("20260230T000000Z", "no date of the calendar")]
    [InlineData("0000-01-01T00:00:00Z", "before the year 1000")]
    [InlineData("0001-01-01T00:00:00Z", "before the year 1000")]
    [InlineData("9999-12-31T23:59:59-05:00", "beyond the year 9999")]
    [InlineData("2026-07-01.128", "no time of day")]
    [InlineData("2026-07-01T", "no time of day")]
    [InlineData("2026-07-01T03", "no time of day")]
    [InlineData("2026-07-01T03:4:05", "no time of day")]
    [InlineData("2026-07-01T03.04.05", "no time of day")]
    [InlineData("20260701T0304", "no time of day")]
    [InlineData("2026-07-01T03:04.5Z", "unreadable after its time")]
    [InlineData("2026-07-01T03:04:05.Z", "no digits in its fraction")]
    [InlineData("2026-07-01T03:04:05\u221202:00", "unreadable after its time")]
    [InlineData("2026-07-01T03:04:05+2:00", "no offset")]
    [InlineData("2026-07-01T03:04:05+15:00", "no offset")]
    [InlineData("2026-07-01T03:04:05+02:60", "no offset")]
    [InlineData("2026-07-01T03:04:05+02:00Z", "no offset")]
    [InlineData("2026-07-01T03:04:05ZZ", "name of a time zone")]
    [InlineData("NaN", "not a finite number")]
    [InlineData("-Infinity", "not a finite number")]
    [InlineData("inf", "not a finite number")]
    [InlineData("", "is empty")]
    [InlineData("  \t", "is empty")]
    [InlineData("2026-07-01T03:04:05.0000000000000000000000000000000000000000000000000Z", "longer than 64")]
    public void What_cannot_be_read_for_certain_is_refused_with_the_reason(string text, string why)
    {
        Assert.False(TimeReader.TryRead(text, out var time, out var reason));
        Assert.Contains(why, reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reason);
        Assert.Equal(default, time);
    }

    [Theory]
    [InlineData("2026-07-01T03:04:05Z", null)]
    [InlineData("2026-07-01T03:04:05.250000Z", null)]
    [InlineData(" 2026-07-01T03:04:05Z ", null)]
    [InlineData("2026-07-01T03:04:05", "2026-07-01T03:04:05")]
    [InlineData("2026-07-01T03:04:05z", "2026-07-01T03:04:05z")]
    [InlineData("2026-07-01 03:04:05Z", "2026-07-01 03:04:05Z")]
    [InlineData("2026-07-01T03:04Z", "2026-07-01T03:04Z")]
    [InlineData("2026-07-01T03:04:05,5Z", "2026-07-01T03:04:05,5Z")]
    [InlineData("2026-07-01T03:04:05.1234567Z", "2026-07-01T03:04:05.1234567Z")]
    [InlineData("2026-07-01T03:04:05.5+02:00", "2026-07-01T03:04:05.5+02:00")]
    [InlineData("2026-07-01T03:04:05 UTC", "2026-07-01T03:04:05 UTC")]
    [InlineData("2026-07-01", "2026-07-01")]
    public void The_original_text_is_kept_unless_it_is_canonical(string text, string? kept) => Assert.Equal(kept, Read(text).Text);

    [Property]
    public bool A_canonical_text_reads_back_as_its_time(int days, long within)
    {
        var microseconds = (days % 300_000 * 86_400_000_000L) + (within % 86_400_000_000L);
        var time = Read(CanonicalTime.Format(microseconds));
        return time == new ObservationTime(microseconds);
    }

    [Property]
    public bool An_mjd_with_eleven_digits_reads_back_as_its_microsecond(uint seed)
    {
        var microseconds = seed * 86_400_000_000m / uint.MaxValue;
        var mjd = 61222m + (decimal.Round(microseconds) / 86_400_000_000m);
        return Read(mjd.ToString("F14", System.Globalization.CultureInfo.InvariantCulture)).UtcMicroseconds
            == Read("61222").UtcMicroseconds + (long)decimal.Round(microseconds);
    }

    [Property]
    public bool Utf8_is_read_as_the_same_text_would_be(NonNull<string> text)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(text.Get);
        var valid = System.Text.Encoding.UTF8.GetString(utf8);
        return (TimeReader.TryRead(valid, out var time, out _), time) == (TimeReader.TryRead(utf8, out var fromUtf8, out _), fromUtf8);
    }

    private static ObservationTime Read(string text)
    {
        Assert.True(TimeReader.TryRead(text, out var time, out var reason), reason);
        return time;
    }
}
