using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Streams.Kafka.Partitions;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

/// <summary>What the embedded Kafka cannot do: ends of partitions behind transaction markers.</summary>
public sealed class PartitionLaneTests
{
    private static readonly PartitionRef Partition = new("alerts", 0);
    private readonly RecordingSink _sink = new();
    private StreamContext _context = null!;

    [Fact]
    public async Task Markers_behind_the_last_record_count_as_reached_and_what_comes_after_them_is_delivered()
    {
        var lane = await ClaimedAsync();
        lane.Add(Record(0));
        lane.Add(Record(1));
        lane.ReachEnd(4);
        await _sink.UntilAsync(() => _sink.Count == 2, "the records before the markers are delivered");
        Assert.Equal((4L, 2L), (lane.Reached, lane.Position));
        Assert.Equal(4, lane.Snapshot().Position);

        lane.Add(Record(4));
        lane.ReachEnd(5);

        await _sink.UntilAsync(() => _sink.Count == 3, "the record behind the markers is delivered");
        Assert.Equal([0L, 1, 4], _sink.Records(Partition).Select(record => record.Offset));
        Assert.Empty(_sink.Breaches);
        lane.End();
        await lane.Ended;
    }

    [Fact]
    public async Task What_the_broker_keeps_back_behind_an_end_it_told_of_is_not_the_consumers_silence()
    {
        var lane = await ClaimedAsync();
        lane.Add(Record(0));
        Assert.False(lane.IsAtEnd);

        // An open transaction: messages up to 1000, of which none may be read yet.
        lane.ReachEnd(1);
        Assert.True(lane.IsAtEnd);

        lane.Add(Record(1));
        Assert.False(lane.IsAtEnd);
        lane.End();
        await lane.Ended;
    }

    [Fact]
    public async Task An_end_told_of_another_place_skips_no_record()
    {
        var lane = await ClaimedAsync();
        lane.ReachEnd(1000);
        lane.Add(Record(0));
        lane.Announce();

        await _sink.UntilAsync(() => _sink.Count == 1, "the record is delivered all the same");
        Assert.Equal(1, lane.Position);
        lane.End();
        await lane.Ended;
    }

    [Fact]
    public async Task A_beginning_that_leaves_something_out_is_read_once_more_before_it_is_believed()
    {
        var lane = await ClaimedAsync();
        Assert.True(lane.Doubts(Record(7)));
        Assert.True(lane.Doubts(Record(8)));
        Assert.True(lane.Doubts(Record(3)));
        Assert.False(lane.Doubts(Record(3)));
        lane.Add(Record(3));

        // From then on it is the broker that left it out: a compacted topic, or one with transactions.
        Assert.False(lane.Doubts(Record(9)));
        lane.Add(Record(9));
        lane.Announce();
        await _sink.UntilAsync(() => _sink.Count == 2, "both are delivered");
        lane.End();
        await lane.Ended;
    }

    [Fact]
    public async Task What_was_read_before_the_broker_threw_the_next_offset_away_is_delivered_and_then_the_partition_is_claimed_anew()
    {
        var first = new TaskCompletionSource();
        _sink.OnDeliver = (_, _) => first.Task;
        var lane = await ClaimedAsync();
        lane.Add(Record(0));
        lane.Announce();
        await _sink.UntilAsync(() => lane.InFlight == 1, "a slow handler has the first record");
        lane.Add(Record(1));
        lane.Add(Record(2));

        lane.Finish();
        lane.Add(Record(3));
        first.SetResult();
        await lane.Ended;

        Assert.Equal([0L, 1, 2], _sink.Records(Partition).Select(record => record.Offset));
        Assert.Equal([Partition], _sink.Releases);
        var asked = new List<SessionEvent?>();
        while (_context.TryTake(out var what))
        {
            asked.Add(what);
        }

        Assert.Equal(new SessionEvent.Reclaim(Partition), asked[^1]);
    }

    [Fact]
    public async Task A_stay_that_is_ended_while_it_delivers_what_it_had_read_does_not_ask_to_be_claimed_anew()
    {
        var first = new TaskCompletionSource();
        _sink.OnDeliver = (_, _) => first.Task;
        var lane = await ClaimedAsync();
        lane.Add(Record(0));
        lane.Finish();
        lane.End();
        first.SetResult();
        await lane.Ended;

        while (_context.TryTake(out var what))
        {
            Assert.IsNotType<SessionEvent.Reclaim>(what);
        }
    }

    private static StreamRecord Record(long offset) => new(offset, 0, null, [1], default);

    private async Task<PartitionLane> ClaimedAsync()
    {
        var settings = new StreamSettings { Id = "test", Client = new Dictionary<string, string>(), GroupId = "group", Topics = ["alerts"] };
        var context = _context = new StreamContext(settings, _sink, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        var lane = context.Open(Partition, _ => Task.FromResult(new PartitionFacts(0, 1000, null, null)));
        await lane.FirstAttempt;
        lane.Start();
        return lane;
    }
}
