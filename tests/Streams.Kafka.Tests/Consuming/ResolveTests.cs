using System.Text;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

public sealed class ResolveTests : KafkaTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PartitionRef First = new("alerts", 0);
    private static readonly PartitionRef Empty = new("alerts", 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Positions_are_resolved_to_offsets_of_the_moment()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishHourlyAsync(10);
        Kafka.DeleteRecords("alerts", 0, 3);
        var sink = new RecordingSink();
        var consumer = await StartAsync(Settings("alerts"), sink);
        await sink.UntilAsync(() => sink.Last.State == "connected", "it is connected");

        Assert.Equal((3, 0), await ResolveAsync(consumer, StartPosition.Earliest));
        Assert.Equal((10, 0), await ResolveAsync(consumer, StartPosition.Latest));
        Assert.Equal((3, 0), await ResolveAsync(consumer, StartPosition.At(Noon)));
        Assert.Equal((5, 0), await ResolveAsync(consumer, StartPosition.At(Noon.AddHours(5))));
        Assert.Equal((6, 0), await ResolveAsync(consumer, StartPosition.At(Noon.AddHours(5).AddMilliseconds(1))));
        Assert.Equal((10, 0), await ResolveAsync(consumer, StartPosition.At(Noon.AddHours(10))));
    }

    [Fact]
    public async Task A_start_time_counts_at_the_embedded_broker_too()
    {
        Kafka.CreateTopic("alerts", 2);
        await PublishHourlyAsync(10);
        var sink = new RecordingSink();
        await StartAsync(Settings("alerts") with { Start = StartPosition.At(Noon.AddHours(6.5)) }, sink);
        await sink.UntilAsync(() => sink.Count == 3, "the three later messages are delivered");
        Assert.Equal(["7", "8", "9"], sink.Values(First));
    }

    [Fact]
    public async Task Nobody_can_be_asked_before_the_start_while_the_broker_is_away_and_after_the_stop()
    {
        Kafka.CreateTopic("alerts", 2);
        var sink = new RecordingSink();
        var consumer = Consumer(Settings("alerts"), sink);
        await Assert.ThrowsAsync<StreamUnavailableException>(() => ResolveAsync(consumer, StartPosition.Latest));
        await consumer.StartAsync(Ct);
        await sink.UntilAsync(() => sink.Owned.Count == 2, "it is connected");
        Kafka.SetBrokerDown();
        await sink.UntilAsync(() => sink.Last.State.StartsWith("waiting:", StringComparison.Ordinal), "the outage is shown");
        var fault = await Assert.ThrowsAsync<StreamUnavailableException>(() => ResolveAsync(consumer, StartPosition.Latest));
        Assert.StartsWith($"test is not connected (waiting: cannot reach {Kafka.BootstrapServers} (", fault.Message, StringComparison.Ordinal);

        await StopAsync(consumer);
        await Assert.ThrowsAsync<StreamUnavailableException>(() => ResolveAsync(consumer, StartPosition.Latest));
    }

    private static async Task<(long First, long Empty)> ResolveAsync(StreamConsumer consumer, StartPosition position)
    {
        var offsets = await consumer.ResolveAsync(position, [First, Empty], Ct);
        return (offsets[First], offsets[Empty]);
    }

    private async Task PublishHourlyAsync(int count)
    {
        using var producer = new StreamProducer(Client);
        for (var hour = 0; hour < count; hour++)
        {
            await producer.PublishAsync(
                "alerts", new OutgoingRecord { Partition = 0, Value = Encoding.UTF8.GetBytes($"{hour}"), Time = Noon.AddHours(hour) }, Ct);
        }
    }
}
