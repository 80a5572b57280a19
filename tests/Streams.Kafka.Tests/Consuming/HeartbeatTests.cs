namespace TomOrleans.Streams.Kafka.Tests.Consuming;

/// <summary>A topic of heartbeats that falls silent and beats again, beside one with other messages.</summary>
public sealed class HeartbeatTests : KafkaTest
{
    private static readonly HeartbeatSettings Quick = new("*.heartbeat", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(9));

    [Fact]
    public async Task A_heartbeat_that_stops_is_silent_then_the_stream_connects_anew_then_it_is_failing_and_one_beat_makes_all_well()
    {
        Kafka.CreateTopic("sys.heartbeat", 1);
        Kafka.CreateTopic("alerts", 1);
        var sink = new RecordingSink();
        var log = new KafkaLog();
        var consumer = Consumer(Settings("*.heartbeat", "alerts") with { Heartbeats = [Quick] }, sink, log);
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        await PublishAsync("alerts", 0, 1);
        for (var beat = 0; beat < 4; beat++)
        {
            await PublishAsync("sys.heartbeat", 0, 1, from: beat);
            await sink.UntilAsync(() => sink.Count == beat + 2, $"beat {beat} is heard");
        }

        Assert.Equal("connected", sink.Last.State);
        Assert.Equal("beating", Beat(sink));
        Assert.Null(sink.Last.Partitions.Single(partition => partition.Partition.Topic == "alerts").Heartbeat);

        await sink.UntilAsync(() => sink.States.Any(state => state.StartsWith("silent: no heartbeat on sys.heartbeat since 2", StringComparison.Ordinal)), "the silence is shown");
        await sink.UntilAsync(() => sink.States.Any(state => state.StartsWith("waiting: no heartbeat on sys.heartbeat", StringComparison.Ordinal)), "it connects anew");
        await sink.UntilAsync(() => sink.Last.State.StartsWith("failing: no heartbeat on sys.heartbeat", StringComparison.Ordinal), "it is failing");
        Assert.StartsWith("failing", Beat(sink), StringComparison.Ordinal);
        Assert.True(sink.Claims.Count(claim => claim.Partition.Topic == "alerts") >= 2, "the consumer was not built anew");

        await PublishAsync("alerts", 0, 1, from: 1);
        await sink.UntilAsync(() => sink.Values(new("alerts", 0)).Count == 2, "the other topic is read");
        Assert.StartsWith("failing", sink.Last.State, StringComparison.Ordinal);

        await PublishAsync("sys.heartbeat", 0, 1, from: 4);
        await sink.UntilAsync(() => sink.Last.State == "connected" && Beat(sink) == "beating", "one beat makes all well");
        await sink.UntilAsync(() => log.Lines.Any(line => line.Text == "test: the heartbeat of sys.heartbeat is beating"), "that is logged");
        AssertWhole(sink, new("sys.heartbeat", 0), 5);
        AssertWhole(sink, new("alerts", 0), 2);
    }

    [Fact]
    public async Task A_sink_that_stands_still_is_not_taken_for_a_silent_stream()
    {
        Kafka.CreateTopic("sys.heartbeat", 1);
        var sink = new RecordingSink();
        var isDown = true;
        sink.OnDeliver = (_, _) => isDown ? Task.FromException(new IOException("the disk is full")) : Task.CompletedTask;
        await StartAsync(Settings("*.heartbeat") with { Heartbeats = [Quick] }, sink);
        await PublishAsync("sys.heartbeat", 0, 1);
        await sink.UntilAsync(() => sink.Last.Partitions.Any(partition => partition.Waiting is not null), "the partition waits");

        await Task.Delay(Quick.ReconnectAfter, TestContext.Current.CancellationToken);

        Assert.Equal(("connected", "beating"), (sink.Last.State, Beat(sink)));
        isDown = false;
        await sink.UntilAsync(() => sink.Count == 1, "the beat is delivered");
        Assert.Single(sink.Claims);
    }

    [Fact]
    public async Task A_heartbeat_whose_topic_is_nowhere_is_missed_also_where_absent_topics_are_expected()
    {
        Kafka.CreateTopic("alerts", 1);
        var sink = new RecordingSink();
        await StartAsync(Settings("gcn.heartbeat", "alerts") with { Heartbeats = [Quick with { TopicKey = "gcn.heartbeat" }], ExpectsAbsentTopics = true }, sink);
        await PublishAsync("alerts", 0, 1);

        await sink.UntilAsync(() => sink.Last.State.StartsWith("silent: no heartbeat on gcn.heartbeat since 2", StringComparison.Ordinal), "the absence is shown");
        await sink.UntilAsync(() => sink.Last.State.StartsWith("failing: no heartbeat on gcn.heartbeat", StringComparison.Ordinal), "it is failing");
        Assert.Single(sink.Claims);

        Kafka.CreateTopic("gcn.heartbeat", 1);
        await PublishAsync("gcn.heartbeat", 0, 1);
        await sink.UntilAsync(() => sink.Last.State == "connected", "one beat makes all well");
    }

    [Fact]
    public async Task A_member_of_the_group_that_has_none_of_the_heartbeats_partitions_misses_nothing()
    {
        Kafka.CreateTopic("sys.heartbeat", 1);
        var (one, other) = (new RecordingSink(), new RecordingSink());
        var settings = Settings("sys.heartbeat") with { Heartbeats = [new("sys.heartbeat", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2))] };
        await StartAsync(settings, one);
        await StartAsync(settings, other);
        await one.UntilAsync(() => one.Claims.Count + other.Claims.Count > 0 && other.States.Contains("connected"), "both are there and one reads");
        for (var beat = 0; beat < 8; beat++)
        {
            await PublishAsync("sys.heartbeat", 0, 1, from: beat);
            await one.UntilAsync(() => one.Count + other.Count > beat, $"beat {beat} is heard");
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain(one.States.Concat(other.States), state => state.StartsWith("silent", StringComparison.Ordinal) || state.StartsWith("failing", StringComparison.Ordinal));
    }

    private static string? Beat(RecordingSink sink) => sink.Last.Partitions.SingleOrDefault(partition => partition.Partition.Topic == "sys.heartbeat")?.Heartbeat;
}
