using Microsoft.Extensions.Logging;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class HeldTests : KafkaTest
{
    private const string Reason = "paused by an operator";
    private static readonly PartitionRef First = new("alerts", 0);
    private static readonly PartitionRef Second = new("alerts", 1);

    [Fact]
    public async Task A_held_partition_is_not_read_and_shows_why_until_it_is_asked_for_again()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 30);
        await PublishAsync("alerts", 1, 30);
        var held = true;
        var sink = new RecordingSink { OnClaim = (partition, _) => partition == First && held ? throw new PartitionHeldException(Reason) : Task.CompletedTask };
        var log = new KafkaLog();
        var consumer = Consumer(Settings("alerts"), sink, log);
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        await sink.UntilAsync(() => sink.Count == 30 && Waits(sink, First), "the other partition is read and the hold is shown");
        await PublishAsync("alerts", 0, 5, from: 30);
        await PublishAsync("alerts", 1, 5, from: 30);
        await sink.UntilAsync(() => sink.Count == 35, "the other partition is read on");
        AssertWhole(sink, Second, 35);
        Assert.Equal("connected", sink.Last.State);

        // Still held: one more try, no more.
        consumer.Reclaim(First);
        await sink.UntilAsync(() => sink.Claims.Count(claim => claim.Partition == First) == 2 && Waits(sink, First), "it was asked for again");
        held = false;
        consumer.Reclaim(First);
        await sink.UntilAsync(() => sink.Count == 70 && sink.Last.Partitions.All(p => p.Waiting is null), "all is read");
        AssertWhole(sink, First, 35);
        Assert.Equal(3, sink.Claims.Count(claim => claim.Partition == First));
        Assert.DoesNotContain(log.Lines, line => line.Level > LogLevel.Information);
    }

    [Fact]
    public async Task A_partition_can_be_held_and_let_go_while_it_is_read()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 100);
        var held = false;
        var sink = new RecordingSink();
        sink.OnClaim = (_, _) => held ? throw new PartitionHeldException(Reason) : Task.CompletedTask;
        sink.OnDeliver = (_, _) => held ? throw new PartitionHeldException(Reason) : Task.CompletedTask;
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 100, "the first hundred are read");
        held = true;
        await PublishAsync("alerts", 0, 100, from: 100);
        await sink.UntilAsync(() => Waits(sink, First), "the hold is shown");
        Assert.Equal(100, sink.Count);

        held = false;
        consumer.Reclaim(First);
        await sink.UntilAsync(() => sink.Count == 200, "all are read");
        AssertWhole(sink, First, 200);
    }

    [Fact]
    public async Task A_claim_under_way_is_made_again_when_it_is_asked_for_again()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 20);
        var claims = 0;
        var database = new TaskCompletionSource();
        var sink = new RecordingSink { OnClaim = (_, _) => ++claims == 1 ? database.Task : Task.CompletedTask };
        sink.Cursors.Set(First, 5);
        var consumer = await StartAsync(Settings("alerts") with { ClaimPatience = TimeSpan.FromMilliseconds(100) }, sink);
        await sink.UntilAsync(() => sink.Claims.Count == 1, "the claim is under way");
        sink.Cursors.Set(First, 15);
        consumer.Reclaim(First);
        database.SetResult();
        await sink.UntilAsync(() => sink.Count == 5, "it is read from where the cursor is now");
        Assert.Equal(["15", "16", "17", "18", "19"], sink.Values(First));
        Assert.Empty(sink.Breaches);
    }

    [Fact]
    public async Task A_held_partition_that_goes_to_another_consumer_and_returns_is_read_when_it_is_let_go()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 10);
        await PublishAsync("alerts", 1, 10);
        var cursors = new CursorTable();
        var held = true;
        var one = new RecordingSink(cursors) { OnClaim = (_, _) => held ? throw new PartitionHeldException(Reason) : Task.CompletedTask };
        var two = new RecordingSink(cursors);
        var first = await StartAsync(Settings("alerts"), one);
        await one.UntilAsync(() => Waits(one, First) && Waits(one, Second), "both are held");

        var second = await StartAsync(Settings("alerts"), two);
        await two.UntilAsync(() => two.Count == 10, "the second consumer reads its one");
        var moved = two.Owned.Single();
        await one.UntilAsync(() => one.Last.Partitions.Count(p => !p.Released) == 1, "the first consumer has one left");
        await StopAsync(second);
        await one.UntilAsync(() => Waits(one, First) && Waits(one, Second), "both are held again");

        held = false;
        first.Reclaim(First);
        first.Reclaim(Second);
        await one.UntilAsync(() => one.Count == 10, "the first consumer reads what is left");
        await PublishAsync("alerts", moved.Partition, 10, from: 10);
        await one.UntilAsync(() => one.Count == 20, "and what comes where it was away");
        Assert.Equal(Enumerable.Range(10, 10).Select(i => i.ToString()), one.Values(moved));
        Assert.Empty(one.Breaches);
        Assert.Empty(two.Breaches);
    }

    private static bool Waits(RecordingSink sink, PartitionRef partition) => sink.Last.Partitions.Any(p => p.Partition == partition && p.Waiting == Reason);
}
