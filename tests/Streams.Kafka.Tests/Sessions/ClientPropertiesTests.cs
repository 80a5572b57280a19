using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Streams.Kafka.Tests.Sessions;

public sealed class ClientPropertiesTests
{
    [Fact]
    public void The_users_properties_win_over_our_defaults_but_not_over_what_delivery_rests_on()
    {
        var properties = ClientProperties.Of(
            Settings(new() { ["session.timeout.ms"] = "6000", ["auto.offset.reset"] = "earliest", ["enable.auto.offset.store"] = "true", ["group.id"] = "theirs" }),
            new TopicPatterns(["*"]),
            out var ignored);

        Assert.Equal("6000", properties["session.timeout.ms"]);
        Assert.Equal("2", properties["fetch.queue.backoff.ms"]);
        Assert.Equal("error", properties["auto.offset.reset"]);
        Assert.Equal("false", properties["enable.auto.offset.store"]);
        Assert.Equal("group", properties["group.id"]);
        Assert.Equal("^__.*", properties["topic.blacklist"]);
        Assert.Equal(["auto.offset.reset", "enable.auto.offset.store", "group.id"], ignored);
    }

    [Fact]
    public void A_producer_stays_idempotent_and_acknowledged_by_all_whatever_the_user_sets()
    {
        var properties = ClientProperties.ForProducer(new Dictionary<string, string> { ["enable.idempotence"] = "false", ["acks"] = "1", ["request.required.acks"] = "0", ["linger.ms"] = "0" });

        Assert.Equal(("true", "all", "0"), (properties["enable.idempotence"], properties["acks"], properties["linger.ms"]));
        Assert.DoesNotContain("request.required.acks", properties.Keys);
        using var producer = new StreamProducer(new Dictionary<string, string> { ["bootstrap.servers"] = "127.0.0.1:1", ["enable.idempotence"] = "false", ["acks"] = "0" });
    }

    [Theory]
    [InlineData("no.such.property", "x")]
    [InlineData("session.timeout.ms", "soon")]
    [InlineData("security.protocol", "carrier_pigeon")]
    [InlineData("ssl.ca.location", "/no/such/file.pem", "ssl")]
    public async Task A_property_that_librdkafka_refuses_is_named_at_the_start(string property, string value, string? protocol = null)
    {
        var client = new Dictionary<string, string> { ["bootstrap.servers"] = "127.0.0.1:1", [property] = value };
        if (protocol is not null)
        {
            client["security.protocol"] = protocol;
        }

        await using var consumer = new StreamConsumer(Settings(client), new RecordingSink(), NullLogger.Instance, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<StreamConfigurationException>(() => consumer.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(property, refusal.Property);
        Assert.Contains(property, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_refused_is_not_shown()
    {
        var client = new Dictionary<string, string> { ["security.protocol"] = "ssl", ["ssl.key.pem"] = "hunter2" };
        await using var consumer = new StreamConsumer(Settings(client), new RecordingSink(), NullLogger.Instance, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<StreamConfigurationException>(() => consumer.StartAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal("ssl.key.pem", refusal.Property);
    }

    [Fact]
    public void A_reader_that_catches_up_is_of_a_group_with_the_users_name_in_front_too()
    {
        var properties = ClientProperties.ForCatchUp(Settings([]) with { GroupId = "anna-0001-las-campanas-tom" }, new TopicPatterns(["*"]));
        Assert.Equal("anna-0001-las-campanas-tom-catch-up", properties["group.id"]);
    }

    private static StreamSettings Settings(Dictionary<string, string> client) =>
        new() { Id = "test", Client = client, GroupId = "group", Topics = ["*"] };
}
