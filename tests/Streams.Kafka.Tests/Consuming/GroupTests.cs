namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class GroupTests : KafkaTest
{
    [Fact]
    public async Task Consumers_that_join_and_leave_share_the_partitions_and_deliver_each_message_once_in_order()
    {
        const int partitions = 4;
        Kafka.CreateTopic("alerts", partitions);
        var cursors = new CursorTable();
        var one = new RecordingSink(cursors);
        var two = new RecordingSink(cursors);

        using var done = new CancellationTokenSource();
        var published = PublishUntilAsync(partitions, done.Token);
        var first = await StartAsync(Settings("alerts") with { MaxBatchRecords = 7 }, one);
        await one.UntilAsync(() => one.Owned.Count == partitions && one.Count > 50, "the first consumer has all partitions");

        var second = await StartAsync(Settings("alerts") with { MaxBatchRecords = 7 }, two);
        await two.UntilAsync(() => two.Owned.Count == 2 && two.Count > 50, "the second consumer has two partitions and works");
        await one.UntilAsync(() => one.Owned.Count == 2, "the first consumer keeps two");

        await StopAsync(second);
        await one.UntilAsync(() => one.Owned.Count == partitions, "the first consumer has all partitions again");
        await done.CancelAsync();
        var count = await published;
        await one.UntilAsync(() => one.Count + two.Count == count * partitions, $"{count} messages of each partition are delivered");
        await StopAsync(first);

        Assert.Empty(one.Breaches);
        Assert.Empty(two.Breaches);
        for (var i = 0; i < partitions; i++)
        {
            var partition = new PartitionRef("alerts", i);
            Assert.Equal(
                Enumerable.Range(0, count).Select(j => (long)j),
                one.Records(partition).Concat(two.Records(partition)).Select(record => record.Offset).Order());
            Assert.Equal(one.Records(partition).Select(record => record.Offset).Order(), one.Records(partition).Select(record => record.Offset));
        }
    }

    [Fact]
    public async Task Claims_that_come_late_while_much_is_published_leave_nothing_out()
    {
        const int partitions = 16;
        Kafka.CreateTopic("alerts", partitions);
        using var done = new CancellationTokenSource();
        var published = PublishUntilAsync(partitions, done.Token);
        var sink = new RecordingSink { OnClaim = (partition, _) => Task.Delay(50 + (37 * partition.Partition)) };
        await StartAsync(Settings("alerts") with { ClaimPatience = TimeSpan.FromMilliseconds(20) }, sink);
        await sink.UntilAsync(() => sink.Owned.Count == partitions && sink.Last.Partitions.Count(partition => partition.Position > 50) == partitions, "all are read");
        await done.CancelAsync();
        var count = await published;
        await sink.UntilAsync(() => Enumerable.Range(0, partitions).All(i => sink.Records(new("alerts", i)) is [.., var last] && last.Offset == count - 1), "the last ones are delivered");

        for (var i = 0; i < partitions; i++)
        {
            AssertWhole(sink, new("alerts", i), count);
        }
    }

    [Fact]
    public async Task A_partition_that_was_paused_when_it_was_revoked_is_read_again_when_it_returns()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 500, padding: 1024);
        await PublishAsync("alerts", 1, 500, padding: 1024);
        var cursors = new CursorTable();
        var stuck = true;
        var one = new RecordingSink(cursors) { OnDeliver = (_, ct) => stuck ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask };
        var two = new RecordingSink(cursors);

        // Stuck with a full buffer, both partitions are paused long before another member can have joined.
        await StartAsync(Settings("alerts") with { MaxBufferedBytes = 60 * 1024, RevokePatience = TimeSpan.FromMilliseconds(100) }, one);
        await one.UntilAsync(() => one.Last.Partitions.Count(p => p.InFlight > 5) == 2, "both partitions are held back by the stuck sink");

        var second = await StartAsync(Settings("alerts"), two);
        await two.UntilAsync(() => two.Count == 500, "the second consumer delivers all of one partition");
        var moved = two.Owned.Single();
        stuck = false;
        await StopAsync(second);
        await one.UntilAsync(() => one.Owned.Count == 2, "the partition has returned");
        await PublishAsync("alerts", moved.Partition, 100, from: 500);
        await one.UntilAsync(() => one.Records(moved).Count == 100, "the first consumer reads it again");

        Assert.Empty(one.Breaches);
        Assert.Empty(two.Breaches);
        Assert.Equal(500, one.Records(moved)[0].Offset);
    }

    [Fact]
    public async Task A_revoked_partition_goes_on_only_after_its_batch_in_flight_is_done()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishAsync("alerts", 0, 10);
        await PublishAsync("alerts", 1, 10);
        var cursors = new CursorTable();
        var database = new TaskCompletionSource();
        var one = new RecordingSink(cursors) { OnDeliver = (_, _) => database.Task };
        var two = new RecordingSink(cursors);
        await StartAsync(Settings("alerts"), one);
        await one.UntilAsync(() => one.Last.Partitions.Count(p => p.InFlight == 10) == 2, "both batches are in flight");
        await StartAsync(Settings("alerts"), two);

        // The second consumer is a member without partitions before the first lets one go.
        await two.UntilAsync(() => two.Last.State == "connected", "the second consumer has connected");
        database.SetResult();
        await two.UntilAsync(() => two.Owned.Count == 1, "the second consumer has a partition");
        await PublishAsync("alerts", 0, 10, from: 10);
        await PublishAsync("alerts", 1, 10, from: 10);
        await two.UntilAsync(() => one.Count + two.Count == 40, "everything is delivered");

        Assert.Empty(one.Breaches);
        Assert.Empty(two.Breaches);
    }

    private async Task<int> PublishUntilAsync(int partitions, CancellationToken ct)
    {
        var count = 0;
        while (!ct.IsCancellationRequested)
        {
            await Task.WhenAll(Enumerable.Range(0, partitions).Select(partition => PublishAsync("alerts", partition, 10, from: count)));
            count += 10;
            await Task.Delay(20, CancellationToken.None);
        }

        return count;
    }
}
