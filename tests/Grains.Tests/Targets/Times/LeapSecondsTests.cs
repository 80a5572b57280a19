using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Times;

public sealed class LeapSecondsTests
{
    private const string SystemsList = "/usr/share/zoneinfo/leap-seconds.list";

    [Theory]
    [InlineData("60000", 37)]
    [InlineData("57753.9999", 36)]
    [InlineData("41317", 10)]
    public void Tai_is_ahead_of_utc_by_the_seconds_of_its_time(string mjdUtc, int seconds)
    {
        Assert.True(TimeReader.TryRead(mjdUtc, out var utc, out _));

        Assert.Equal(utc.UtcMicroseconds + (seconds * 1_000_000L), LeapSeconds.ToTai(utc.UtcMicroseconds));
    }

    [Fact]
    public void A_time_within_a_leap_second_cannot_be_held_and_says_so()
    {
        var before = LeapSeconds.ToTai(Micros("2016-12-31T23:59:59.999999Z"))!.Value;

        Assert.Null(LeapSeconds.ToUtc(before, out _));
        Assert.Contains("leap second", LeapSeconds.ToUtc(before + 1, out _), StringComparison.Ordinal);
        Assert.Contains("leap second", LeapSeconds.ToUtc(before + 1_000_000, out _), StringComparison.Ordinal);
        Assert.Null(LeapSeconds.ToUtc(before + 1_000_001, out var after));
        Assert.Equal(Micros("2017-01-01T00:00:00Z"), after);
    }

    [Fact]
    public void Before_1972_there_is_no_whole_offset()
    {
        Assert.Null(LeapSeconds.ToTai(Micros("1971-12-31T23:59:59Z")));
        Assert.Contains("1972", LeapSeconds.ToUtc(0, out _), StringComparison.Ordinal);
    }

    [Property]
    public Property Utc_comes_back_from_tai() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(seconds => 63_072_000_000_000 + (seconds * 1_000_000L) + (seconds % 1_000_000)).ToArbitrary(),
        utc => LeapSeconds.ToTai(utc) is { } tai && LeapSeconds.ToUtc(tai, out var back) is null && back == utc);

    [Fact]
    public void The_table_is_that_of_the_earth_rotation_service_as_far_as_this_system_has_it()
    {
        Assert.SkipUnless(File.Exists(SystemsList), $"{SystemsList} is absent");
        var epoch = new DateTime(1900, 1, 1);
        var listed = File.ReadLines(SystemsList).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(words => (DateOnly.FromDateTime(epoch.AddSeconds(long.Parse(words[0], CultureInfo.InvariantCulture))), int.Parse(words[1], CultureInfo.InvariantCulture)))
            .ToList();

        // One of the two may be older than the other.
        var shared = Math.Min(listed.Count, LeapSeconds.Table.Count);
        Assert.True(shared >= 28);
        Assert.Equal(listed.Take(shared), LeapSeconds.Table.Take(shared));
    }

    [Theory]
    [InlineData("60000", TimeScale.Tai, "2023-02-24T23:59:23Z", TimeForm.ModifiedJulianDateTai)]
    [InlineData("2460000.5", TimeScale.Tai, "2023-02-24T23:59:23Z", TimeForm.JulianDateTai)]
    [InlineData("60000", TimeScale.Tt, "2023-02-24T23:58:50.816Z", TimeForm.ModifiedJulianDateTt)]
    [InlineData("60000", TimeScale.Utc, "2023-02-25T00:00:00Z", TimeForm.ModifiedJulianDate)]
    public void Julian_dates_count_in_the_scale_that_is_named(string text, TimeScale scale, string utc, TimeForm form)
    {
        Assert.True(TimeReader.TryReadJulian(text, scale, out var time, out var reason), reason);

        Assert.Equal((utc, form, text), (CanonicalTime.Format(time.UtcMicroseconds), time.Form, time.Text));
    }

    [Fact]
    public void Barycentric_times_are_within_2_ms_of_terrestrial_and_tcb_gains_on_them()
    {
        Assert.True(TimeReader.TryReadJulian("60000", TimeScale.Tt, out var tt, out _));
        Assert.True(TimeReader.TryReadJulian("60000", TimeScale.Tdb, out var tdb, out _));
        Assert.True(TimeReader.TryReadJulian("2460000.5", TimeScale.Tcb, out var tcb, out _));

        Assert.InRange(Math.Abs(tdb.UtcMicroseconds - tt.UtcMicroseconds), 1, 2_000);

        // 1.550519768e-8 of the 16,856 days since 1977.
        Assert.InRange(tdb.UtcMicroseconds - tcb.UtcMicroseconds, 22_570_000, 22_590_000);
    }

    private static long Micros(string iso) => TimeReader.TryRead(iso, out var time, out var reason) ? time.UtcMicroseconds : throw new ArgumentException(reason);
}
