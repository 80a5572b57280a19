using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Operations;

namespace TomOrleans.Grains.Tests.Operations;

public sealed class ClusterChecksTests
{
    [Fact]
    public void Silos_that_agree_have_no_problem() =>
        Assert.Empty(ClusterChecks.Differences([Facts("one", "0.1.0", "aa"), Facts("two", "0.1.0", "aa")]));

    [Fact]
    public void Silos_that_differ_are_named_with_what_they_have()
    {
        var problems = ClusterChecks.Differences([Facts("one", "0.1.0", "aa"), Facts("two", "0.1.0", "aa"), Facts("three", "0.2.0", "bb")]);

        Assert.Equal(2, problems.Length);
        Assert.StartsWith("silos differ in configuration: one, two have aa; three has bb", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("silos differ in version: one, two have 0.1.0; three has 0.2.0", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_that_differ_are_named_with_their_values() => Assert.Equal(
        ["A: 1 in one, 2 in two", "B: absent in one, x = y in two"],
        ClusterChecks.DifferingSettings([("one", ["A = 1", "C = 3"]), ("two", ["A = 2", "B = x = y", "C = 3"])]));

    [Fact]
    public void A_clock_is_off_when_it_differs_by_more_than_the_call_took()
    {
        var found = Assert.Single(ClusterChecks.OfClocks([("fine", 10_000_000, 8_500_000, 1_000_000), ("slow", 10_000_000, 7_000_000, 2_000_000), ("off", 130_000_000, 10_000_000, 1_000_000)]));

        Assert.Equal(("off", CheckState.Warning), (found.Silo, found.State));
        Assert.Contains("119.0 s", found.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_the_table_of_leap_seconds_is_told()
    {
        var last = (LeapSeconds.KnownUntil.ToDateTime(new(23, 59, 59)) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

        Assert.Empty(ClusterChecks.OfLeapSeconds(last));
        var found = Assert.Single(ClusterChecks.OfLeapSeconds(last + 1_000_000));
        Assert.Equal((null, CheckState.Warning), (found.Silo, found.State));
        Assert.StartsWith("leap seconds are known until 2026-06-28", found.Finding, StringComparison.Ordinal);
    }

    private static SiloFacts Facts(string name, string version, string configuration) => new()
    {
        Name = name,
        Version = version,
        Configuration = configuration,
        StartedMicroseconds = 1,
        NowMicroseconds = 2,
        MemoryBytes = 3,
        Gateway = "127.0.0.1:30000",
    };
}
