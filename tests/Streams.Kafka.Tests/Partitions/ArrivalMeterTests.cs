using TomOrleans.Streams.Kafka.Partitions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class ArrivalMeterTests
{
    private const long Second = 1_000_000;
    private readonly ArrivalMeter _meter = new();

    [Fact]
    public void The_usual_gap_is_the_mean_of_the_last_ones_by_the_messages_own_times()
    {
        Assert.True(_meter.Add(0, 100 * Second));
        Assert.Null(_meter.UsualGapMicroseconds);
        Assert.True(_meter.Add(1, 103 * Second));
        Assert.Equal(3 * Second, _meter.UsualGapMicroseconds);

        for (var i = 2; i < 500; i++)
        {
            _meter.Add(i, (103 + (10 * i)) * Second);
            Assert.InRange(_meter.UsualGapMicroseconds!.Value, 3 * Second, 24 * Second);
        }

        Assert.Equal(10 * Second, _meter.UsualGapMicroseconds);
    }

    [Fact]
    public void What_is_read_a_second_time_is_no_news()
    {
        _meter.Add(7, 100 * Second);
        _meter.Add(8, 102 * Second);

        Assert.False(_meter.Add(7, 100 * Second));
        Assert.False(_meter.Add(8, 102 * Second));
        Assert.Equal(2 * Second, _meter.UsualGapMicroseconds);
    }

    [Fact]
    public void A_topic_that_was_made_again_begins_anew()
    {
        _meter.Add(7, 100 * Second);
        _meter.Add(8, 102 * Second);

        Assert.True(_meter.Add(0, 200 * Second));
        Assert.Null(_meter.UsualGapMicroseconds);
        Assert.True(_meter.Add(1, 205 * Second));
        Assert.Equal(5 * Second, _meter.UsualGapMicroseconds);
    }

    [Fact]
    public void Messages_without_a_time_are_news_and_measure_nothing()
    {
        Assert.True(_meter.Add(0, -1));
        Assert.True(_meter.Add(1, -1));
        Assert.Null(_meter.UsualGapMicroseconds);
    }
}
