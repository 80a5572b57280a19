using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Sessions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka;

/// <summary>A message to be published.</summary>
public sealed record OutgoingRecord
{
    public byte[]? Key { get; init; }

    public byte[]? Value { get; init; }

    public IReadOnlyList<KeyValuePair<string, byte[]>> Headers { get; init; } = [];

    /// <summary>Null: by key, or spread where there is none.</summary>
    public int? Partition { get; init; }

    /// <summary>The record's time; Kafka keeps milliseconds. Null: now.</summary>
    public DateTimeOffset? Time { get; init; }
}

/// <summary>Where a published message is.</summary>
public sealed record StreamReceipt(PartitionRef Partition, long Offset);

/// <summary>A message was not published, or nobody can say.</summary>
public sealed class StreamPublishException(string message, bool ambiguous, bool refused, Exception inner) : Exception(message, inner)
{
    /// <summary>True where the broker says no to this account or this message: trying again is of no use.</summary>
    public bool IsRefused { get; } = refused;

    /// <summary>True where the broker may have it nevertheless.</summary>
    public bool IsAmbiguous { get; } = ambiguous;
}

/// <summary>
/// Publishes to Kafka: idempotent (no repeats and no reordering by its own retries), acknowledged by all replicas. Callers may publish at the same time; messages of one caller
/// to one partition keep the order of the calls.
/// </summary>
public sealed class StreamProducer : IDisposable
{
    private const int MetadataAttempts = 5;
    private static readonly TimeSpan MetadataPatience = TimeSpan.FromSeconds(2);
    private static readonly ErrorCode[] Refusals =
    [
        ErrorCode.TopicAuthorizationFailed, ErrorCode.ClusterAuthorizationFailed, ErrorCode.MsgSizeTooLarge, ErrorCode.InvalidMsg, ErrorCode.PolicyViolation,
        ErrorCode.TopicException, ErrorCode.InvalidRecord, ErrorCode.RecordListTooLarge,
    ];

    private readonly IProducer<byte[]?, byte[]?> _producer;
    private volatile KafkaFault? _lastFault;

    /// <param name="client">librdkafka properties, <c>bootstrap.servers</c> among them; they win over our defaults, but not over what the promise rests on: see <see cref="ClientProperties.FixedOfProducer"/>.</param>
    /// <exception cref="StreamConfigurationException">librdkafka refuses a property.</exception>
    public StreamProducer(IReadOnlyDictionary<string, string> client)
    {
        var properties = ClientProperties.ForProducer(client);
        _producer = ClientProperties.Guard(
            properties,
            () => new ProducerBuilder<byte[]?, byte[]?>(properties)
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, error) => Note(KafkaFault.From(error)))
                .Build());
    }

    /// <summary>Returns when all replicas have it.</summary>
    /// <exception cref="StreamPublishException">Refused by the broker, or not acknowledged within <c>message.timeout.ms</c> (30 s).</exception>
    public async Task<StreamReceipt> PublishAsync(string topic, OutgoingRecord record, CancellationToken ct = default)
    {
        var message = new Message<byte[]?, byte[]?> { Key = record.Key, Value = record.Value };
        if (record.Time is { } time)
        {
            message.Timestamp = new Timestamp(time);
        }

        if (record.Headers.Count > 0)
        {
            message.Headers = [];
            foreach (var (name, value) in record.Headers)
            {
                message.Headers.Add(name, value);
            }
        }

        try
        {
            var target = new TopicPartition(topic, record.Partition is { } partition ? new Partition(partition) : Partition.Any);
            var result = await _producer.ProduceAsync(target, message, ct);
            return new StreamReceipt(new PartitionRef(topic, result.Partition.Value), result.Offset.Value);
        }
        catch (ProduceException<byte[]?, byte[]?> e)
        {
            var reason = e.Error.Code == ErrorCode.Local_MsgTimedOut && _lastFault is { } fault
                ? $"not acknowledged in time ({fault.Reason})"
                : KafkaFault.Clean(e.Error.Reason);
            throw new StreamPublishException(
                $"cannot publish to {topic}: {reason}",
                e.DeliveryResult?.Status is PersistenceStatus.PossiblyPersisted,
                Refusals.Contains(e.Error.Code),
                e);
        }
    }

    /// <summary>
    /// True where the broker has the topic and the account may see it. Looked for in the list of all topics: asked for one by name, or published to, many brokers make it.
    /// </summary>
    /// <exception cref="StreamUnavailableException">No broker answers, or it refuses the account; with the reason.</exception>
    public Task<bool> HasTopicAsync(string topic) => Task.Run(() =>
    {
        using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return admin.GetMetadata(MetadataPatience).Topics.Any(known => known.Topic == topic && !known.Error.IsError);
            }
            catch (KafkaException e) when (attempt == MetadataAttempts || _lastFault is { Kind: FaultKind.Refused or FaultKind.NoToken })
            {
                throw new StreamUnavailableException(_lastFault?.Reason ?? KafkaFault.Clean(e.Error.Reason), e);
            }
            catch (KafkaException)
            {
                // A slow handshake is no fault.
            }
        }
    });

    /// <summary>Waits for what is on its way.</summary>
    public void Flush(CancellationToken ct) => _producer.Flush(ct);

    public void Dispose() => _producer.Dispose();

    /// <summary>That all brokers are down says less than the fault before it.</summary>
    private void Note(KafkaFault fault)
    {
        if (fault.Kind != FaultKind.AllUnreachable || _lastFault is null)
        {
            _lastFault = fault;
        }
    }
}
