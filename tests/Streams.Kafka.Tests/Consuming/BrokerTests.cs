using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class BrokerTests : KafkaTest
{
    private const short JoinGroup = 11;
    private static readonly PartitionRef First = new("alerts", 0);

    [Fact]
    public async Task A_broker_that_goes_away_is_shown_and_waited_for()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 10 && sink.Last.State == "connected", "the first ten are delivered");

        Kafka.SetBrokerDown();
        await sink.UntilAsync(() => sink.Last.State.StartsWith($"waiting: cannot reach {Kafka.BootstrapServers} (", StringComparison.Ordinal), "the outage is shown");
        Kafka.SetBrokerUp();
        await PublishAsync("alerts", 0, 10, from: 10);
        await sink.UntilAsync(() => sink.Count == 20 && sink.Last.State == "connected", "the next ten are delivered");
        AssertWhole(sink, First, 20);
    }

    [Fact]
    public async Task A_broker_away_at_the_start_is_waited_for_with_its_name_and_the_reason()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        Kafka.SetBrokerDown();
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Last.State.StartsWith("waiting:", StringComparison.Ordinal), "the wait is shown");
        Assert.Equal($"waiting: cannot reach {Kafka.BootstrapServers} (Connection refused)", sink.Last.State);
        Assert.Empty(sink.Claims);

        Kafka.SetBrokerUp();
        await sink.UntilAsync(() => sink.Count == 10, "the messages are delivered");
        AssertWhole(sink, First, 10);
    }

    [Fact]
    public async Task A_long_outage_ends_in_a_new_consumer_that_goes_on_where_the_old_one_was()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts") with { UnreachablePatience = TimeSpan.FromMilliseconds(100) }, sink);
        await sink.UntilAsync(() => sink.Count == 10, "the first ten are delivered");

        Kafka.SetBrokerDown();
        await sink.UntilAsync(() => sink.Releases.Count == 1, "the old consumer has let its partition go");
        Kafka.SetBrokerUp();
        await PublishAsync("alerts", 0, 10, from: 10);
        await sink.UntilAsync(() => sink.Count == 20, "the next ten are delivered");
        AssertWhole(sink, First, 20);
        Assert.Equal(2, sink.Claims.Count);
    }

    [Fact]
    public async Task A_group_that_is_not_allowed_is_refused_visibly_and_tried_again()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        Kafka.PushErrors(JoinGroup, ErrorCode.GroupAuthorizationFailed);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Last.State.StartsWith("refused: ", StringComparison.Ordinal), "the refusal is shown");
        Assert.Contains("authorization", sink.Last.State, StringComparison.OrdinalIgnoreCase);

        await sink.UntilAsync(() => sink.Count == 10, "the right was given and the messages are delivered");
        AssertWhole(sink, First, 10);
    }

    [Fact]
    public async Task A_cluster_that_does_not_say_its_name_is_read_all_the_same()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts") with { ClusterId = null }, sink);
        await sink.UntilAsync(() => sink.Count == 10, "all are delivered");
        Assert.Null(sink.ClusterId);
        Assert.Null(sink.Claims.Single().Facts.ClusterId);
    }

    [Fact]
    public async Task A_member_that_the_group_has_forgotten_joins_again_and_repeats_nothing()
    {
        const short heartbeat = 12;
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 10, "the first ten are delivered");
        Kafka.PushErrors(heartbeat, ErrorCode.UnknownMemberId);
        await sink.UntilAsync(() => sink.Releases.Count == 1, "the partition is lost");
        await PublishAsync("alerts", 0, 10, from: 10);
        await sink.UntilAsync(() => sink.Count == 20, "the next ten are delivered");
        AssertWhole(sink, First, 20);
    }
}
