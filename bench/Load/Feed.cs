using Confluent.Kafka;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Bench.Load;

/// <summary>Produces messages, lz4, idempotently. Its worth shows in <see cref="Finish"/>: until then nothing is known to have arrived.</summary>
/// <param name="bootstrapServers">Where to.</param>
/// <param name="linger">How long a message waits for others to go with.</param>
internal sealed class Feed(string bootstrapServers, TimeSpan linger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IProducer<byte[]?, byte[]> _producer = new ProducerBuilder<byte[]?, byte[]>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        CompressionType = CompressionType.Lz4,
        EnableIdempotence = true,
        LingerMs = linger.TotalMilliseconds,
        QueueBufferingMaxMessages = 200_000,
        DeliveryReportFields = "none",
    }).SetLogHandler((_, _) => { }).Build();

    private volatile string? _fault;

    /// <param name="message">Of the simulated sky.</param>
    /// <param name="partition">Where it goes.</param>
    /// <param name="key">Null: none.</param>
    /// <param name="accepted">Called, on the producer's thread, when the broker has it.</param>
    public void Send(HopMessage message, Partition partition, byte[]? key = null, Action? accepted = null)
    {
        var headers = new Headers();
        foreach (var (name, value) in message.Headers)
        {
            headers.Add(name, value);
        }

        var record = new Message<byte[]?, byte[]> { Key = key, Value = message.Value.ToArray(), Headers = headers };
        while (true)
        {
            try
            {
                _producer.Produce(new TopicPartition(message.Topic, partition), record, report => Note(report.Error, accepted));
                return;
            }
            catch (ProduceException<byte[]?, byte[]> exception) when (exception.Error.Code == Confluent.Kafka.ErrorCode.Local_QueueFull)
            {
                _producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    /// <summary>Returns when the broker has all of them.</summary>
    public void Finish()
    {
        var left = _producer.Flush(Patience);
        if (left > 0 || _fault is not null)
        {
            throw new BenchException($"The broker did not take all messages: {_fault ?? $"{left} are left"}");
        }
    }

    private void Note(Error error, Action? accepted)
    {
        if (error.IsError)
        {
            _fault = error.Reason;
        }
        else
        {
            accepted?.Invoke();
        }
    }

    public void Dispose() => _producer.Dispose();
}
