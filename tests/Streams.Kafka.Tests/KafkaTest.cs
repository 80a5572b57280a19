using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TomOrleans.Streams.Kafka.Tests;

/// <summary>An embedded Kafka of one test's own, a producer to it, and consumers that are stopped at its end.</summary>
public abstract class KafkaTest : IAsyncLifetime
{
    private readonly List<StreamConsumer> _consumers = [];
    private readonly List<object> _last = [];
    private StreamProducer? _producer;

    private protected EmbeddedKafka Kafka { get; } = EmbeddedKafka.Start();

    private protected Dictionary<string, string> Client => new()
    {
        ["bootstrap.servers"] = Kafka.BootstrapServers,

        // The mock broker makes a re-joining member wait about as long as this.
        ["session.timeout.ms"] = "1500",
        ["heartbeat.interval.ms"] = "200",
        ["topic.metadata.refresh.interval.ms"] = "500",
        ["reconnect.backoff.ms"] = "100",
        ["reconnect.backoff.max.ms"] = "200",
    };

    private protected virtual Dictionary<string, string> ProducerClient => Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var consumer in _consumers)
        {
            await consumer.DisposeAsync();
        }

        _producer?.Dispose();
        foreach (var thing in Enumerable.Reverse(_last))
        {
            if (thing is IAsyncDisposable slow)
            {
                await slow.DisposeAsync();
            }
            else
            {
                ((IDisposable)thing).Dispose();
            }
        }

        Kafka.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposed after the consumers and before the Kafka, the last one first.</summary>
    private protected T AtEnd<T>(T thing)
        where T : notnull
    {
        _last.Add(thing);
        return thing;
    }

    private protected StreamSettings Settings(params string[] topics) => new()
    {
        Id = "test",
        Client = Client,
        GroupId = "group",
        Topics = topics,
        Start = StartPosition.Earliest,
        ClusterId = Kafka.ClusterId,
    };

    private protected StreamConsumer Consumer(StreamSettings settings, RecordingSink sink, ILogger? log = null, TimeProvider? time = null)
    {
        var consumer = new StreamConsumer(settings, sink, log ?? NullLogger.Instance, time ?? TimeProvider.System);
        _consumers.Add(consumer);
        return consumer;
    }

    private protected async Task<StreamConsumer> StartAsync(StreamSettings settings, RecordingSink sink)
    {
        var consumer = Consumer(settings, sink);
        await consumer.StartAsync(TestContext.Current.CancellationToken);
        return consumer;
    }

    private protected static async Task StopAsync(StreamConsumer consumer)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await consumer.StopAsync(limit.Token);
        Assert.False(limit.IsCancellationRequested, "the stop ran into its limit");
    }

    /// <summary>Publishes <c>0</c>, <c>1</c> ... in order; returns when the broker has them.</summary>
    private protected Task PublishAsync(string topic, int partition, int count, int from = 0, int padding = 0)
    {
        _producer ??= new StreamProducer(ProducerClient);
        return Task.WhenAll(Enumerable.Range(from, count).Select(i => _producer.PublishAsync(
            topic,
            new OutgoingRecord { Partition = partition, Value = Encoding.UTF8.GetBytes(i.ToString().PadRight(padding)) },
            TestContext.Current.CancellationToken)));
    }

    private protected static void AssertWhole(RecordingSink sink, PartitionRef partition, int count)
    {
        Assert.Empty(sink.Breaches);
        Assert.Equal(Enumerable.Range(0, count).Select(i => i.ToString()), sink.Values(partition).Select(value => value.Trim()));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), sink.Records(partition).Select(record => record.Offset));
    }
}
