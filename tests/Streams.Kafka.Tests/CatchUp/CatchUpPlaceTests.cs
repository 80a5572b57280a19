using TomOrleans.Streams.Kafka.CatchUp;

namespace TomOrleans.Streams.Kafka.Tests.CatchUp;

/// <summary>What librdkafka still had of another place must not pass for what comes next.</summary>
public sealed class CatchUpPlaceTests
{
    private readonly CatchUpPlace _place = new(new("alerts", 0), offset: 100, TimeProvider.System);

    [Fact]
    public void A_record_that_leaves_something_out_right_after_a_move_is_read_once_more_before_it_is_believed()
    {
        Assert.True(_place.Doubts(Record(5000)));
        _place.MoveTo(100);
        Assert.False(_place.Doubts(Record(100)));
        _place.Add(Record(100));

        // From then on it is the broker that left it out: a compacted topic.
        Assert.False(_place.Doubts(Record(105)));
    }

    [Fact]
    public void What_comes_again_in_the_same_way_is_what_the_broker_has()
    {
        Assert.True(_place.Doubts(Record(103)));
        _place.MoveTo(100);
        Assert.False(_place.Doubts(Record(103)));
    }

    [Fact]
    public void Moved_elsewhere_it_doubts_again()
    {
        Assert.True(_place.Doubts(Record(5000)));
        _place.MoveTo(4000);
        Assert.True(_place.Doubts(Record(5000)));
    }

    [Fact]
    public void An_end_of_another_place_is_not_believed_and_one_that_moves_on_is()
    {
        Assert.True(_place.DoubtsEnd(5000));
        _place.MoveTo(100);
        Assert.False(_place.DoubtsEnd(100));
        Assert.False(_place.DoubtsEnd(5002));
    }

    private static StreamRecord Record(long offset) => new(offset, 0, null, [1], default);
}
