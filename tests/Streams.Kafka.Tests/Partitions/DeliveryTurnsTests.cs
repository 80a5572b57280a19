using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Streams.Kafka.Partitions;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class DeliveryTurnsTests
{
    private readonly RecordingSink _sink = new();

    [Fact]
    public async Task Who_asks_waits_for_a_place_and_gets_it_when_a_delivery_ends_well_or_not()
    {
        var turns = new DeliveryTurns(1, new ManualTimers());
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
    public async Task Who_is_cancelled_while_it_waits_takes_no_place()
    {
        var turns = new DeliveryTurns(1, new ManualTimers());
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
        var settings = new StreamSettings { Id = "test", Client = new Dictionary<string, string>(), GroupId = "group", Topics = ["hangs", "works"] };
        var context = new StreamContext(settings, _sink, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
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
        var settings = new StreamSettings { Id = "test", Client = new Dictionary<string, string>(), GroupId = "group", Topics = ["alerts"] };
        var time = new ManualTimers();
        var context = new StreamContext(settings, _sink, NullLogger.Instance, time, CancellationToken.None);
        var lane = await DeliveringAsync(context, new("alerts", 0));
        await begun.Task;
        time.Now += 2 * DeliveryTurns.Longest;
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

    /// <summary>A clock that stands still unless it is moved, and timers that never ring.</summary>
    private sealed class ManualTimers : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
