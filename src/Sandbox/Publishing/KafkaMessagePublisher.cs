using System.Text;
using Confluent.Kafka;

namespace TomOrleans.Sandbox.Publishing;

/// <summary>Publishes to a Kafka without security (the embedded one, a test broker). Acknowledged by all replicas; gives up after 10 s, as Hermes does.</summary>
public sealed class KafkaMessagePublisher : IMessagePublisher, IDisposable
{
    private readonly IProducer<Null, byte[]> _producer;

    public KafkaMessagePublisher(string bootstrapServers)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 5,
            MessageTimeoutMs = 10_000,
        };
        // Errors reach the caller with the message concerned; connection trouble alone is no news in a sandbox.
        _producer = new ProducerBuilder<Null, byte[]>(config)
            .SetErrorHandler((_, _) => { })
            .SetLogHandler((_, _) => { })
            .Build();
    }

    public async Task<PublishedAt> PublishAsync(HopMessage message, CancellationToken cancellationToken = default)
    {
        var headers = new Headers();
        foreach (var (name, value) in message.Headers)
        {
            headers.Add(name, value);
        }

        var record = new Message<Null, byte[]> { Value = message.Value.ToArray(), Headers = headers };
        try
        {
            var result = await _producer.ProduceAsync(message.Topic, record, cancellationToken);
            return new PublishedAt(result.Partition.Value, result.Offset.Value, result.Timestamp.UtcDateTime);
        }
        catch (ProduceException<Null, byte[]> e)
        {
            throw new PublishRefusedException(NameOf(e.Error.Code), e.Error.Reason, e);
        }
    }

    /// <summary>Waits at most two seconds for what is still on its way.</summary>
    public void Dispose()
    {
        _producer.Flush(TimeSpan.FromSeconds(2));
        _producer.Dispose();
    }

    /// <summary>librdkafka's name of a code: <c>Local_MsgTimedOut</c> is <c>_MSG_TIMED_OUT</c>, <c>MsgSizeTooLarge</c> is <c>MSG_SIZE_TOO_LARGE</c>.</summary>
    internal static string NameOf(ErrorCode code)
    {
        var text = code.ToString().Replace("Local_", "_", StringComparison.Ordinal);
        var name = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (i > 0 && char.IsUpper(text[i]) && text[i - 1] != '_')
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(text[i]));
        }

        return name.ToString();
    }
}
