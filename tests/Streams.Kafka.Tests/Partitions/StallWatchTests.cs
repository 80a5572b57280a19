using TomOrleans.Streams.Kafka.Partitions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class StallWatchTests
{
    private readonly ManualTime _time = new();
    private readonly StallWatch _watch = new();

    [Fact]
    public void A_partition_that_does_not_move_for_30_s_although_there_is_something_is_noticed_once()
    {
        Assert.False(After(0, 5, 10));
        Assert.False(After(29, 5, 10));
        Assert.True(After(2, 5, 10));
        Assert.False(After(60, 5, 10));
        Assert.True(After(1, 5, 11));
    }

    [Fact]
    public void One_that_moved_after_its_cure_and_stands_again_is_noticed_again()
    {
        Assert.False(After(0, 5, 10));
        Assert.True(After(31, 5, 10));
        Assert.False(After(1, 6, 10));
        Assert.True(After(31, 6, 10));
    }

    [Fact]
    public void One_that_moves_or_has_nothing_to_read_is_not()
    {
        Assert.False(After(0, 5, 10));
        Assert.False(After(29, 6, 10));
        Assert.False(After(29, 7, 10));
        Assert.False(After(29, 10, 10));
        Assert.False(After(300, 10, 10));
        Assert.False(After(1, 10, 11));
    }

    private bool After(double seconds, long position, long high)
    {
        _time.Now += TimeSpan.FromSeconds(seconds);
        return _watch.Check(position, high, _time);
    }
}
