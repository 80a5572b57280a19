namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class TopicTests : KafkaTest
{
    [Fact]
    public async Task A_topic_that_appears_later_is_taken_up_by_its_pattern_from_its_beginning()
    {
        Kafka.CreateTopic("hermes.test", 1);
        var sink = new RecordingSink();
        await StartAsync(Settings("hermes.*") with { Start = StartPosition.Latest }, sink);
        await sink.UntilAsync(() => sink.Owned.Count == 1, "the known topic is assigned");

        Kafka.CreateTopic("hermes.new", 2);
        Kafka.CreateTopic("other", 1);
        await PublishAsync("hermes.new", 1, 5);
        await sink.UntilAsync(() => sink.Count == 5, "the new topic is read");
        AssertWhole(sink, new PartitionRef("hermes.new", 1), 5);
        Assert.Equal([new PartitionRef("hermes.test", 0)], sink.Prepared);
        Assert.DoesNotContain(sink.Owned, partition => partition.Topic == "other");
    }

    [Fact]
    public async Task An_absent_topic_is_reported_and_holds_up_nothing_and_is_taken_up_when_it_comes()
    {
        Kafka.CreateTopic("here", 1);
        await PublishAsync("here", 0, 5);
        var sink = new RecordingSink();
        await StartAsync(Settings("here", "absent"), sink);
        await sink.UntilAsync(() => sink.Count == 5 && sink.Last.Problems.Count == 1, "the other topic is read and the problem shown");
        Assert.Contains("absent", sink.Last.Problems[0], StringComparison.Ordinal);
        Assert.Equal("connected", sink.Last.State);

        Kafka.CreateTopic("absent", 1);
        await PublishAsync("absent", 0, 5);
        await sink.UntilAsync(() => sink.Count == 10 && sink.Last.Problems.Count == 0, "it is read and the problem gone");
        AssertWhole(sink, new PartitionRef("absent", 0), 5);
        Assert.Equal(["absent", "here"], sink.Last.Topics);
    }

    [Fact]
    public async Task A_forbidden_topic_is_reported_and_holds_up_nothing()
    {
        Kafka.CreateTopic("here", 1);
        Kafka.CreateTopic("secret", 1);
        await PublishAsync("here", 0, 5);
        Kafka.SetTopicError("secret", Confluent.Kafka.ErrorCode.TopicAuthorizationFailed);
        var sink = new RecordingSink();
        await StartAsync(Settings("here", "secret"), sink);
        await sink.UntilAsync(() => sink.Count == 5 && sink.Last.Problems.Count == 1, "the other topic is read and the problem shown");
        Assert.Equal(["topic secret is forbidden to this user, or absent"], sink.Last.Problems);
        Assert.Equal("connected", sink.Last.State);
        await PublishAsync("here", 0, 5, from: 5);
        await sink.UntilAsync(() => sink.Count == 10, "it goes on");
        AssertWhole(sink, new PartitionRef("here", 0), 10);
    }

    [Fact]
    public async Task Absent_topics_are_no_news_where_they_are_expected()
    {
        Kafka.CreateTopic("here", 1);
        await PublishAsync("here", 0, 5);
        var log = new KafkaLog();
        var sink = new RecordingSink();
        await Consumer(Settings("here", "absent") with { ExpectsAbsentTopics = true }, sink, log).StartAsync(TestContext.Current.CancellationToken);
        await sink.UntilAsync(() => sink.Count == 5, "the other topic is read");
        Kafka.CreateTopic("absent", 1);
        await PublishAsync("absent", 0, 5);
        await sink.UntilAsync(() => sink.Count == 10, "it is read when it comes");
        Assert.Empty(sink.Last.Problems);
        Assert.DoesNotContain(log.Lines, line => line.Level > Microsoft.Extensions.Logging.LogLevel.Information);
    }

    [Fact]
    public async Task A_partition_that_appears_later_is_taken_up()
    {
        Kafka.CreateTopic("alerts", 1);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts") with { Start = StartPosition.Latest }, sink);
        await sink.UntilAsync(() => sink.Owned.Count == 1, "the known partition is assigned");

        // The embedded Kafka cannot add partitions; an empty topic that is made again with more looks the same.
        Kafka.DeleteTopic("alerts");
        Kafka.CreateTopic("alerts", 3);
        await PublishAsync("alerts", 2, 5);
        await sink.UntilAsync(() => sink.Count == 5, "the new partition is read");
        AssertWhole(sink, new PartitionRef("alerts", 2), 5);
    }

    [Fact]
    public async Task Two_streams_read_topics_of_one_name_each_for_itself()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 5);
        var first = new RecordingSink();
        var second = new RecordingSink();
        await StartAsync(Settings("alerts") with { Id = "first", GroupId = "first" }, first);
        await StartAsync(Settings("alerts") with { Id = "second", GroupId = "second" }, second);
        await first.UntilAsync(() => first.Count == 5, "one has read all");
        await second.UntilAsync(() => second.Count == 5, "and so has the other");
        AssertWhole(first, new PartitionRef("alerts", 0), 5);
        AssertWhole(second, new PartitionRef("alerts", 0), 5);
    }

    [Fact]
    public async Task The_star_takes_every_topic_but_internal_ones()
    {
        foreach (var topic in new[] { "a", "_b", "__c" })
        {
            Kafka.CreateTopic(topic, 1);
            await PublishAsync(topic, 0, 1);
        }

        var sink = new RecordingSink();
        await StartAsync(Settings("*"), sink);
        await sink.UntilAsync(() => sink.Count == 2 && sink.Last.Topics.Count == 2, "two topics are read");
        Assert.Equal(["_b", "a"], sink.Last.Topics);
        Assert.Equal(["_b", "a"], sink.Owned.Select(partition => partition.Topic).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_offset_beyond_the_end_means_the_topic_was_made_again_and_is_read_from_its_beginning()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 5);
        var partition = new PartitionRef("alerts", 0);
        var sink = new RecordingSink();
        sink.Cursors.Set(partition, 900);
        sink.OnDeliver = (_, _) => Task.CompletedTask;
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 5 && sink.Last.Problems.Count == 1, "it is read and the problem shown");

        Assert.Equal(["alerts/0: offset 900 is beyond the end 5: the topic was made again; reading from 0"], sink.Last.Problems);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => (long)i), sink.Records(partition).Select(record => record.Offset));
    }

    [Fact]
    public async Task What_the_broker_threw_away_before_it_was_read_is_said_and_reading_goes_on_behind_it()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 3000, padding: 1024);
        var partition = new PartitionRef("alerts", 0);
        var database = new TaskCompletionSource();
        var sink = new RecordingSink { OnDeliver = (_, _) => database.Task };

        // Held back early: pausing throws away what librdkafka has read ahead, so the rest must come from the broker.
        // Eleven records are a full buffer; what the poll thread does next is to pause, and after that whatever is posted.
        var consumer = await StartAsync(Settings("alerts") with { MaxBufferedBytes = 60 * 1024 }, sink);
        await sink.UntilAsync(() => sink.Last.Partitions.Any(p => p.InFlight >= 11), "the sink is stuck");
        var paused = new TaskCompletionSource();
        consumer.Meddle(_ => paused.SetResult());
        await paused.Task.WaitAsync(TestContext.Current.CancellationToken);
        Kafka.DeleteRecords("alerts", 0, 2900);
        database.SetResult();
        await sink.UntilAsync(
            () => sink.Cursors.Next(partition) == 3000 && sink.Last.Problems.Any(problem => problem.EndsWith("are no longer at the broker; reading from 2900", StringComparison.Ordinal)),
            "the last message is delivered and the loss is shown");

        Assert.Empty(sink.Breaches);
        Assert.Equal([0L, 2900L], sink.Claims.Select(claim => claim.Facts.LowOffset));
        Assert.Equal(2900, sink.Records(partition)[^100].Offset);
    }

    [Theory]
    [InlineData("earliest", 10)]
    [InlineData("latest", 0)]
    [InlineData("time", 0)]
    public async Task The_start_position_decides_what_is_read_of_a_partition_that_existed_before(string start, int read)
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts") with
        {
            Start = start switch
            {
                "earliest" => StartPosition.Earliest,
                "latest" => StartPosition.Latest,

                _ => StartPosition.At(DateTimeOffset.UtcNow.AddHours(1)),
            },
        }, sink);
        await sink.UntilAsync(() => sink.Owned.Count == 1, "the partition is assigned");
        await PublishAsync("alerts", 0, 1, from: 10);
        await sink.UntilAsync(() => sink.Count == read + 1, "the right ones are delivered");
        Assert.Equal(Enumerable.Range(10 - read, read + 1).Select(i => i.ToString()), sink.Values(new PartitionRef("alerts", 0)));
    }
}
