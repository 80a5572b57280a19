using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Grains.Sharing.Kafka;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Tests.Sharing.Kafka;

/// <summary>A Kafka broker as a destination, against the embedded one.</summary>
public sealed class KafkaDestinationTests : IDisposable
{
    private const string Topic = "shared.test";
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UtcNow.AddHours(-1);
    private readonly EmbeddedKafka _kafka = EmbeddedKafka.Start();

    public KafkaDestinationTests() => _kafka.CreateTopic(Topic, partitions: 3);

    public void Dispose() => _kafka.Dispose();

    [Fact]
    public async Task Message_stands_in_the_topic_as_Hermes_would_have_published_it_with_the_headers_of_hop()
    {
        using var destination = Destination();
        var part = Part(destination);

        var receipt = Assert.IsType<SendOutcome.Delivered>(await destination.SendAsync(part.Body)).Receipt;

        var message = Read();
        Assert.Equal($"{Topic}, partition {message.Partition.Value}, offset 0, id {part.Key:D}", receipt);
        Assert.Equal("_id,_sender,_format,topic,title", string.Join(',', message.Message.Headers.Select(header => header.Key)));
        Assert.Equal(part.Key, new Guid(message.Message.Headers[0].GetValueBytes(), bigEndian: true));
        Assert.Equal(["A TOM", "json", Topic, "Updated data for AT2026abc from A TOM."], message.Message.Headers.Skip(1).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())));
        Assert.Equal(part.Body, message.Message.Value);
        var published = JsonDocument.Parse(message.Message.Value).RootElement;
        Assert.Equal("AT2026abc", published.GetProperty("data").GetProperty("photometry")[0].GetProperty("target_name").GetString());
    }

    [Fact]
    public async Task Account_is_told_as_the_sender()
    {
        using var destination = new KafkaDestination(Options() with { Client = Options().Client.Add("sasl.username", "anna-1234") }, "A TOM", TimeProvider.System);

        await destination.SendAsync(Part(destination).Body);

        Assert.Equal("anna-1234", await destination.GetSenderAsync());
        Assert.Equal("anna-1234", Encoding.UTF8.GetString(Read().Message.Headers.GetLastBytes("_sender")));
    }

    [Fact]
    public async Task Topic_that_is_not_there_is_refused_and_not_made()
    {
        using var destination = Destination();

        var refused = Assert.IsType<SendOutcome.Refused>(await destination.SendAsync(Part(destination, "nobody.made.this").Body));

        Assert.Contains("no topic 'nobody.made.this'", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_doubt_is_found_on_the_topic_by_its_key()
    {
        using var destination = Destination();
        var (there, lost) = (Part(destination), Part(destination));
        await destination.SendAsync(Part(destination).Body);
        await destination.SendAsync(there.Body);

        var found = Assert.IsType<LookUp.Found>(await destination.FindAsync(new(there.Key, Topic, LongAgo, LongAgo, there.Body)));
        Assert.EndsWith($"id {there.Key:D}", found.Receipt, StringComparison.Ordinal);
        Assert.IsType<LookUp.Absent>(await destination.FindAsync(new(lost.Key, Topic, LongAgo, LongAgo, lost.Body)));
    }

    [Fact]
    public async Task What_was_sent_just_now_may_still_appear()
    {
        using var destination = Destination();
        var part = Part(destination);

        Assert.IsType<LookUp.NotYet>(await destination.FindAsync(new(part.Key, Topic, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, part.Body)));
    }

    [Fact]
    public async Task Shares_go_through_the_outbox_to_the_broker()
    {
        await using var cluster = await SharingCluster.StartAsync(Options() with { UserTopics = [Topic] });
        await cluster.AddTargetAsync("AT2026abc", A.Point);

        await cluster.Grains.Sharing("broker").ShareAsync(new() { Target = "AT2026abc", Topic = Topic });
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));

        var share = Assert.Single((await cluster.Grains.Shares().ListAsync(new())).Shares);
        Assert.StartsWith($"{Topic}, partition", Assert.Single(share.Receipts), StringComparison.Ordinal);
        var id = new Guid(Read().Message.Headers.GetLastBytes("_id"), bigEndian: true);
        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(id, id, "A TOM", A.Place));
        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(id, Guid.NewGuid(), "A TOM", A.Place));
    }

    [Fact]
    public async Task Message_that_is_read_before_its_answer_has_the_same_receipt()
    {
        await using var cluster = await SharingCluster.StartAsync(Options());
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.Grains.Sharing("broker").PauseAsync();
        var outbox = cluster.Get<OutboxTable>();
        var key = Guid.NewGuid();
        var share = await outbox.QueueBuiltAsync(new("broker", Topic, target, "AT2026abc", "T", "{}", "test", A.Time, []), new(key, 0, "{}"u8.ToArray(), []));

        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, key, "A TOM", A.Place with { Topic = Topic }));

        Assert.Equal($"{Topic}, partition 3, offset 42, id {key:D}", Assert.Single((await cluster.Grains.Shares().GetAsync(share)).Receipts));
    }

    [Fact]
    public void Readers_get_the_dialect_that_is_configured_for_their_topic()
    {
        using var destination = new KafkaDestination(
            Options() with { TopicDialects = new Dictionary<string, HermesDialect> { ["fritz.test"] = HermesDialect.SkyPortal } }, "A TOM", TimeProvider.System);

        Assert.Equal(JsonValueKind.String, DateOf(Part(destination)).ValueKind);
        Assert.NotEqual(DateOf(Part(destination)).ToString(), DateOf(Part(destination, "fritz.test")).ToString());
    }

    [Fact]
    public async Task Withdrawn_share_marks_the_points_and_says_that_nobody_was_told()
    {
        await using var cluster = await SharingCluster.StartAsync(Options());
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point);
        var sharing = cluster.Grains.Sharing("broker");
        var share = await sharing.ShareAsync(new() { Target = "AT2026abc", Topic = Topic });
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));

        Assert.Equal(TomFault.Invalid, (await Assert.ThrowsAsync<TomException>(() => sharing.RetractAsync(share.Id, keepPoints: true))).Fault);
        var retracted = await sharing.RetractAsync(share.Id, keepPoints: false);

        Assert.Equal(1, retracted.Points);
        Assert.Contains("the readers of the topic must be told", retracted.NotTold, StringComparison.Ordinal);
        Assert.True(Assert.Single(await cluster.Grains.Target(target).GetPhotometryAsync()).IsRetracted);
    }

    private static JsonElement DateOf(SubmissionPart part) => JsonDocument.Parse(part.Body).RootElement.GetProperty("data").GetProperty("photometry")[0].GetProperty("date_obs");

    private static SubmissionPart Part(KafkaDestination destination, string topic = Topic) => Assert.Single(destination.Build(A.Content(A.Point) with { Topic = topic }, Guid.NewGuid).Parts);

    private KafkaDestination Destination() => new(Options(), "A TOM", TimeProvider.System);

    private DestinationOptions Options() => new()
    {
        Name = "broker",
        Kind = DestinationOptions.KafkaKind,
        Client = ImmutableDictionary<string, string>.Empty.Add("bootstrap.servers", _kafka.BootstrapServers),
        IsEmbedded = true,
    };

    /// <summary>The first message of the topic.</summary>
    private ConsumeResult<byte[], byte[]> Read()
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = _kafka.BootstrapServers, GroupId = "test", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
        consumer.Assign(Enumerable.Range(0, 3).Select(partition => new TopicPartitionOffset(Topic, partition, Offset.Beginning)));
        return consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException("no message in the topic");
    }
}
