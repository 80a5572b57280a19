using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Streams.Kafka.Partitions;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class DeliveryTurnsTests
{
    private readonly RecordingSink _sink = new();

    [Fact]
    public async Task Who_asks_waits_for_a_place_and_gets_it_when_a_delivery_ends_well_or_not()
    {
        var turns = new DeliveryTurns(1, new FakeTimeProvider());
        var (good, bad) = (new TaskCompletionSource(), new TaskCompletionSource());
        await turns.WaitAsync(CancellationToken.None);
        turns.Occupy(good.Task);
        var second = turns.WaitAsync(CancellationToken.None);
        var third = turns.WaitAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);

        good.SetResult();
        await second;
        Assert.False(third.IsCompleted);

        turns.Occupy(bad.Task);
        bad.SetException(new TimeoutException());
        await third;
    }

    [Fact]
    public async Task A_delivery_that_outlasts_its_turn_leaves_its_place_once()
    {
        var time = new FakeTimeProvider();
        var turns = new DeliveryTurns(1, time);
        var slow = new TaskCompletionSource();
        await turns.WaitAsync(CancellationToken.None);
        turns.Occupy(slow.Task);
        var second = turns.WaitAsync(CancellationToken.None);
        time.Advance(DeliveryTurns.Longest - TimeSpan.FromMilliseconds(1));
        Assert.False(second.IsCompleted);

        time.Advance(TimeSpan.FromMilliseconds(1));
        await second;
        var third = turns.WaitAsync(CancellationToken.None);
        slow.SetResult();
        Assert.False(third.IsCompleted);
        turns.Leave();
        await third;
    }

    [Fact]
    public async Task No_batch_is_begun_by_who_gets_its_turn_after_the_stream_is_to_stop()
    {
        using var stop = new CancellationTokenSource();
        var context = Context(new FakeTimeProvider(), stop.Token);
        await FillAsync(context.Turns);
        var lane = await DeliveringAsync(context, new("alerts", 0));
        await stop.CancelAsync();
        context.Turns.Leave();
        await lane.Ended;
        Assert.Equal(0, _sink.Count);

        // It has left the place.
        await context.Turns.WaitAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Who_is_cancelled_while_it_waits_takes_no_place()
    {
        var turns = new DeliveryTurns(1, new FakeTimeProvider());
        await turns.WaitAsync(CancellationToken.None);
        using var ended = new CancellationTokenSource();
        var cancelled = turns.WaitAsync(ended.Token);
        var next = turns.WaitAsync(CancellationToken.None);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        turns.Leave();
        await next;
    }

    [Fact]
    public async Task Partitions_whose_deliveries_hang_keep_no_other_waiting()
    {
        var never = new TaskCompletionSource();
        _sink.OnDeliver = (batch, _) => batch.Partition.Topic == "hangs" ? never.Task : Task.CompletedTask;
        var context = Context(TimeProvider.System, CancellationToken.None);
        var hanging = new List<PartitionLane>();
        for (var partition = 0; partition < 3 * DeliveryTurns.UsualPlaces; partition++)
        {
            hanging.Add(await DeliveringAsync(context, new("hangs", partition)));
        }

        var works = await DeliveringAsync(context, new("works", 0));
        await _sink.UntilAsync(() => _sink.Count == 1, "the one that works has its record");

        never.SetResult();
        await _sink.UntilAsync(() => _sink.Count == 1 + hanging.Count, "the others have theirs");
        foreach (var lane in hanging.Append(works))
        {
            lane.End();
            await lane.Ended;
        }
    }

    [Fact]
    public async Task A_partition_that_was_slow_needs_no_turn_until_it_is_quick_again()
    {
        var (begun, slow) = (new TaskCompletionSource(), new TaskCompletionSource());
        _sink.OnDeliver = (_, _) =>
        {
            begun.TrySetResult();
            return slow.Task;
        };
        var time = new FakeTimeProvider();
        var context = Context(time, CancellationToken.None);
        var lane = await DeliveringAsync(context, new("alerts", 0));
        await begun.Task;
        time.Advance(2 * DeliveryTurns.Longest);
        slow.SetResult();
        await _sink.UntilAsync(() => _sink.Count == 1, "it is done");

        await FillAsync(context.Turns);
        Add(lane, 1);
        await _sink.UntilAsync(() => _sink.Count == 2, "it has not waited for a place");
        Add(lane, 2);
        Assert.Equal(2, _sink.Count);
        context.Turns.Leave();
        await _sink.UntilAsync(() => _sink.Count == 3, "it had its turn");
        lane.End();
        await lane.Ended;
    }

    private StreamContext Context(TimeProvider time, CancellationToken stop)
    {
        var settings = new StreamSettings { Id = "test", Client = new Dictionary<string, string>(), GroupId = "group", Topics = ["alerts", "hangs", "works"] };
        return new(settings, _sink, NullLogger.Instance, time, stop);
    }

    private static async Task FillAsync(DeliveryTurns turns)
    {
        for (var place = 0; place < DeliveryTurns.UsualPlaces; place++)
        {
            await turns.WaitAsync(CancellationToken.None);
        }
    }

    private static async Task<PartitionLane> DeliveringAsync(StreamContext context, PartitionRef partition)
    {
        var lane = context.Open(partition, _ => Task.FromResult(new PartitionFacts(0, 1000, null, null)));
        await lane.FirstAttempt;
        lane.Start();
        Add(lane, 0);
        return lane;
    }

    private static void Add(PartitionLane lane, long offset)
    {
        lane.Add(new(offset, 0, null, [1], default));
        lane.Announce();
    }
}
