using TomOrleans.Grains.Alerts.Latency;

namespace TomOrleans.Grains.Tests.Alerts.Latency;

public sealed class LatencyBucketsTests
{
    [Fact]
    public void Every_bucket_holds_its_own_middle_and_they_rise()
    {
        for (var index = 0; index < LatencyBuckets.Count; index++)
        {
            Assert.Equal(index, LatencyBuckets.IndexOf(LatencyBuckets.MiddleOf(index)));
            Assert.True(index == 0 || LatencyBuckets.MiddleOf(index) > LatencyBuckets.MiddleOf(index - 1));
        }
    }

    [Fact]
    public void The_middle_is_within_32_us_or_3_2_percent_of_what_was_counted()
    {
        for (long latency = 0; latency < 1L << 46; latency += 1 + (latency / 97))
        {
            var middle = LatencyBuckets.MiddleOf(LatencyBuckets.IndexOf(latency));
            Assert.InRange(Math.Abs(middle - latency), 0, Math.Max(32, latency * 0.032));
        }
    }

    [Fact]
    public void What_takes_longer_than_the_scale_counts_as_its_end()
    {
        Assert.Equal(LatencyBuckets.Count - 1, LatencyBuckets.IndexOf(long.MaxValue));
        Assert.Equal(LatencyBuckets.Count - 1, LatencyBuckets.IndexOf((1L << 46) - 1));
    }
}
