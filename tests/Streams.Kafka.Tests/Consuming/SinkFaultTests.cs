namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class SinkFaultTests : KafkaTest
{
    private static readonly PartitionRef First = new("alerts", 0);
    private static readonly PartitionRef Second = new("alerts", 1);

    [Fact]
    public async Task A_batch_the_sink_could_not_take_is_repeated_unchanged_until_it_can()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 200);
        await PublishAsync("alerts", 1, 200);
        var refused = new List<StreamBatch>();
        var sink = new RecordingSink
        {
            OnDeliver = (batch, _) =>
            {
                if (batch.Partition == First && refused.Count < 4)
                {
                    refused.Add(batch);
                    throw new IOException("the disk is full\nand more");
                }

                return Task.CompletedTask;
            },
        };
        await StartAsync(Settings("alerts") with { MaxBatchRecords = 50 }, sink);
        await sink.UntilAsync(() => sink.Last.Partitions.Any(p => p.Waiting == "not delivered: the disk is full"), "the wait is visible");
        await sink.UntilAsync(() => sink.Count == 400 && sink.Last.Partitions.All(p => p.Waiting is null), "all are delivered and nothing waits");

        AssertWhole(sink, First, 200);
        AssertWhole(sink, Second, 200);
        Assert.All(refused, batch => Assert.Same(refused[0], batch));
    }

    [Fact]
    public async Task Who_waits_for_the_next_try_makes_it_when_told_that_it_may_succeed_now()
    {
        // By themselves twelve tries take more than a minute and a half.
        const int Tries = 12;
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 5);
        var tries = 0;
        var sink = new RecordingSink { OnDeliver = (_, _) => Interlocked.Increment(ref tries) < Tries ? throw new IOException("the database is away") : Task.CompletedTask };
        var consumer = await StartAsync(Settings("alerts"), sink);

        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Volatile.Read(ref tries) < Tries && await tick.WaitForNextTickAsync(limit.Token))
        {
            consumer.RetryNow();
        }

        await sink.UntilAsync(() => sink.Count == 5, "all are delivered");
        AssertWhole(sink, First, 5);
    }

    [Fact]
    public async Task A_partition_that_cannot_be_claimed_waits_visibly_and_is_read_from_nowhere_until_it_is()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 30);
        await PublishAsync("alerts", 1, 30);
        var failures = 0;
        var sink = new RecordingSink
        {
            OnClaim = (partition, _) => partition == First && ++failures <= 4 ? throw new IOException("no database") : Task.CompletedTask,
        };
        sink.Cursors.Set(First, 10);
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Last.Partitions.Any(p => p.Partition == First && p.Waiting == "cannot be claimed: no database"), "the wait is visible");
        await PublishAsync("alerts", 0, 10, from: 30);
        await sink.UntilAsync(() => sink.Count == 60, "both partitions are read");

        Assert.Equal(Enumerable.Range(10, 30).Select(i => i.ToString()), sink.Values(First));
        AssertWhole(sink, Second, 30);
    }

    [Fact]
    public async Task A_claim_that_takes_long_holds_up_no_other_partition()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 30);
        await PublishAsync("alerts", 1, 30);
        var database = new TaskCompletionSource();
        var sink = new RecordingSink { OnClaim = (partition, _) => partition == First ? database.Task : Task.CompletedTask };
        await StartAsync(Settings("alerts") with { ClaimPatience = TimeSpan.FromMilliseconds(200) }, sink);
        await sink.UntilAsync(() => sink.Count == 30, "the other partition is delivered");
        AssertWhole(sink, Second, 30);
        Assert.Empty(sink.Records(First));

        database.SetResult();
        await sink.UntilAsync(() => sink.Count == 60, "the late partition is delivered");
        AssertWhole(sink, First, 30);
    }

    [Fact]
    public async Task Nothing_is_subscribed_before_the_start_offsets_are_stored()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 5);
        var failures = 0;
        var sink = new RecordingSink { OnPrepare = () => ++failures <= 2 ? throw new IOException("no database") : Task.CompletedTask };
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 5, "the messages are delivered in the end");

        Assert.Contains("waiting: the start offsets cannot be stored (no database)", sink.States);
        Assert.Equal([First], sink.Prepared);
    }

    [Fact]
    public async Task A_lost_claim_is_made_again_and_nothing_is_lost_or_repeated()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 300);
        var stolen = false;
        var sink = new RecordingSink();
        sink.OnDeliver = (batch, _) =>
        {
            if (!stolen && batch.Records[0].Offset > 0)
            {
                // Another silo takes the cursor and gives it up again.
                stolen = true;
                sink.Cursors.Claim(First, 0);
            }

            return Task.CompletedTask;
        };
        await StartAsync(Settings("alerts") with { MaxBatchRecords = 100 }, sink);
        await sink.UntilAsync(() => sink.Count == 300, "all are delivered");

        AssertWhole(sink, First, 300);
        Assert.Equal(2, sink.Claims.Count);
    }

    [Fact]
    public async Task A_partition_asked_to_be_claimed_again_goes_on_where_its_cursor_was_moved_to()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 20);
        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 20, "all are delivered");

        sink.Cursors.Set(First, 15);
        consumer.Reclaim(First);
        consumer.Reclaim(new PartitionRef("other", 0));
        await sink.UntilAsync(() => sink.Count == 25, "the last five are delivered again");
        Assert.Equal(["15", "16", "17", "18", "19"], sink.Values(First).Skip(20));
    }
}
