using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Tests;

public sealed class StreamProducerTests : KafkaTest
{
    private const short Produce = 0;

    [Fact]
    public async Task Messages_of_one_caller_keep_their_order_over_errors_of_the_broker()
    {
        Kafka.CreateTopic("alerts", 1);
        Kafka.PushErrors(Produce, ErrorCode.NotLeaderForPartition, ErrorCode.NoError, ErrorCode.RequestTimedOut, ErrorCode.NotLeaderForPartition);
        await PublishAsync("alerts", 0, 500);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Count == 500, "all are delivered");
        AssertWhole(sink, new PartitionRef("alerts", 0), 500);
    }

    [Fact]
    public async Task A_refused_message_is_an_error_with_the_brokers_words()
    {
        Kafka.CreateTopic("alerts", 1);
        Kafka.PushErrors(Produce, ErrorCode.TopicAuthorizationFailed);
        var refusal = await Assert.ThrowsAsync<StreamPublishException>(() => PublishAsync("alerts", 0, 1));
        Assert.Equal("cannot publish to alerts: Broker: Topic authorization failed", refusal.Message);
        Assert.False(refusal.IsAmbiguous);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_in_time_is_an_error_with_the_reason()
    {
        Kafka.SetBrokerDown();
        using var producer = new StreamProducer(new Dictionary<string, string>(Client) { ["message.timeout.ms"] = "300" });
        var late = await Assert.ThrowsAsync<StreamPublishException>(
            () => producer.PublishAsync("alerts", new OutgoingRecord { Value = [1] }, TestContext.Current.CancellationToken));
        Assert.Contains("not acknowledged in time", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_librdkafka_refuses_is_named()
    {
        var refusal = Assert.Throws<StreamConfigurationException>(() => new StreamProducer(new Dictionary<string, string> { ["message.max.bytes"] = "many" }));
        Assert.Equal("message.max.bytes", refusal.Property);
    }
}
