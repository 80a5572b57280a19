using TomOrleans.Grains.Sharing;

namespace TomOrleans.Grains.Tests.Sharing;

public sealed class RetryScheduleTests
{
    private readonly RetrySchedule _schedule = new();

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(5, 64)]
    [InlineData(9, 900)]
    [InlineData(100_000, 900)]
    public void Longest_pause_doubles_with_each_failure_up_to_a_quarter_of_an_hour(int failures, double seconds) =>
        Assert.Equal(seconds, _schedule.Pause(failures, null, jitter: 1).TotalSeconds, 6);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public void Shortest_pause_stays_two_seconds(int failures) => Assert.Equal(TimeSpan.FromSeconds(2), _schedule.Pause(failures, null, jitter: 0));

    [Fact]
    public void Jitter_spreads_evenly_between_them() => Assert.Equal(33, _schedule.Pause(5, null, jitter: 0.5).TotalSeconds, 6);

    [Fact]
    public void Retry_after_is_never_undercut() => Assert.Equal(TimeSpan.FromMinutes(20), _schedule.Pause(1, TimeSpan.FromMinutes(20), jitter: 0.3));

    [Fact]
    public void Retry_after_does_not_shorten_our_own_pause() => Assert.Equal(TimeSpan.FromMinutes(15), _schedule.Pause(12, TimeSpan.FromSeconds(1), jitter: 1));

    [Fact]
    public void Retry_after_is_believed_for_an_hour_at_most() => Assert.Equal(TimeSpan.FromHours(1), _schedule.Pause(1, TimeSpan.FromDays(3), jitter: 0));
}
