using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class ReportPacingTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void News_is_sent_at_once_and_the_rest_often_enough_not_to_get_stale()
    {
        var pacing = new ReportPacing(_time);
        Assert.True(pacing.IsDue("a", Reports(5)));
        pacing.Sent("a", Reports(5));
        Assert.False(pacing.IsDue("a", Reports(5)));
        Assert.True(pacing.IsDue("a", Reports(6)));
        Assert.True(pacing.IsDue("a", Reports(5, "behind")));
        Assert.True(pacing.IsDue("a", [.. Reports(5), .. Reports(5)]));

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(pacing.IsDue("a", Reports(5)));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(pacing.IsDue("a", Reports(5)));
    }

    [Fact]
    public void What_did_not_arrive_and_what_was_away_is_sent_again()
    {
        var pacing = new ReportPacing(_time);
        Assert.True(pacing.IsDue("a", Reports(5)));
        Assert.True(pacing.IsDue("a", Reports(5)));
        pacing.Sent("a", Reports(5));
        pacing.Keep(new HashSet<string> { "b" });
        Assert.True(pacing.IsDue("a", Reports(5)));
    }

    /// <summary>Made anew each time: what counts is what is in it.</summary>
    private static ImmutableArray<PartitionReport> Reports(long position, string state = "live") =>
        [new() { Partition = 0, Position = position, HighOffset = 9, InFlight = 0, Lanes = [new("log", state, position, 0)] }];
}
