using TomOrleans.Streams.Kafka.Partitions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class SilenceWatchTests
{
    private readonly ManualTime _time = new();
    private readonly SilenceWatch _watch;

    public SilenceWatchTests() => _watch = new SilenceWatch(_time);

    [Fact]
    public void Sixty_seconds_of_silence_after_a_cure_are_noticed_once_for_the_same_ends()
    {
        Assert.False(After(300, 10), "nothing was cured yet");
        Cure();
        Assert.False(After(59, 10));
        Assert.True(After(2, 10));
        Cure();
        Assert.False(After(300, 10), "the same end again");
        Assert.True(After(1, 11));
    }

    [Fact]
    public void A_record_or_nothing_left_to_read_ends_the_suspicion()
    {
        Cure();
        _watch.Came();
        Assert.False(After(61, 10));
        Assert.False(After(61, 10));
        Cure();
        Assert.False(_watch.Check(new Dictionary<PartitionRef, (long, long)>()));
        Assert.False(After(61, 10));
    }

    [Fact]
    public void A_broker_that_does_not_answer_is_another_matter()
    {
        _watch.Cured();
        Assert.False(After(61, 10));
        _watch.Answered();
        Assert.True(After(1, 10));
    }

    private void Cure()
    {
        _watch.Cured();
        _watch.Answered();
    }

    private bool After(double seconds, long end)
    {
        _time.Now += TimeSpan.FromSeconds(seconds);
        return _watch.Check(new Dictionary<PartitionRef, (long, long)> { [new PartitionRef("alerts", 0)] = (5, end) });
    }
}
