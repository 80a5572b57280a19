using TomOrleans.Streams.Kafka.CatchUp;

namespace TomOrleans.Streams.Kafka.Tests.CatchUp;

public sealed class CatchUpSeatsTests
{
    private readonly ManualTime _time = new();
    private readonly CatchUpSeats _seats;

    public CatchUpSeatsTests() => _seats = new CatchUpSeats(_time);

    [Fact]
    public void Eight_are_open_and_the_ninth_waits_until_one_had_its_turn()
    {
        var first = Seat(0);
        for (var i = 1; i < 8; i++)
        {
            _time.Now += TimeSpan.FromMilliseconds(10);
            Seat(i);
        }

        Ask(8);
        _time.Now += TimeSpan.FromSeconds(1);
        Assert.False(_seats.TrySeat(out _, out _), "somebody was sent away who got nothing yet");

        Serve(first);
        Assert.True(_seats.TrySeat(out var ninth, out var leaving));
        Assert.Equal((8, 0), (ninth.Partition.Partition, leaving!.Partition.Partition));
        Assert.Equal(8, _seats.Places.Count);
    }

    [Fact]
    public void Who_still_wants_something_waits_behind_the_others_and_who_wants_nothing_goes_first()
    {
        var places = Enumerable.Range(0, 8).Select(Seat).ToList();
        places.ForEach(Serve);
        places.Take(7).ToList().ForEach(place => Ask(place.Partition.Partition));
        _time.Now += TimeSpan.FromSeconds(1);
        Ask(8);
        Ask(9);
        Assert.Equal((8, 7), Next());
        Assert.Equal((9, 0), Next());
        Assert.Equal((0, 1), Next());
    }

    [Fact]
    public void All_who_wait_for_a_partition_get_in_with_the_first()
    {
        Ask(0);
        Ask(0);
        Assert.True(_seats.TrySeat(out var place, out _));
        Assert.Equal(2, place.Waiting);
        Assert.False(_seats.TrySeat(out _, out _));
    }

    private (int In, int? Out) Next()
    {
        Assert.True(_seats.TrySeat(out var place, out var leaving));
        return (place.Partition.Partition, leaving?.Partition.Partition);
    }

    private void Ask(int partition) => _seats.Ask(new CatchUpRequest(new PartitionRef("alerts", partition), 0, _time.GetTimestamp()));

    private CatchUpPlace Seat(int partition)
    {
        Ask(partition);
        Assert.True(_seats.TrySeat(out var place, out _));
        return place;
    }

    private static void Serve(CatchUpPlace place)
    {
        place.End(0);
        place.Requests.Dequeue().Answer(place.Take(10));
    }
}
