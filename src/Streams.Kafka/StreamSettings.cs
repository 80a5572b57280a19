namespace TomOrleans.Streams.Kafka;

/// <summary>One Kafka cluster with the topics that are read from it.</summary>
public sealed record StreamSettings
{
    /// <summary>The stream's name in logs and states.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// librdkafka properties, <c>bootstrap.servers</c> among them. They win over our defaults (for example <c>session.timeout.ms</c>), but not over what delivery rests on:
    /// see <see cref="Sessions.ClientProperties.Fixed"/>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Client { get; init; }

    /// <summary>The consumer group; brokers often demand the user's name in front.</summary>
    public required string GroupId { get; init; }

    /// <summary>Exact names, and patterns in which <c>*</c> stands for any text; <c>*</c> alone is all topics but those that start with <c>__</c>.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Which of the topics hold heartbeats.</summary>
    public IReadOnlyList<HeartbeatSettings> Heartbeats { get; init; } = [];

    /// <summary>True where a topic that is not there is nothing to tell: at NASA's GCN topics exist only while they have recent messages.</summary>
    public bool ExpectsAbsentTopics { get; init; }

    public StartPosition Start { get; init; } = StartPosition.Latest;

    /// <summary>Which cluster this is; null: the broker is asked.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The most records in one batch; a batch is never waited for.</summary>
    public int MaxBatchRecords { get; init; } = 1000;

    /// <summary>
    /// Records read from librdkafka that have no fate yet, all partitions together [bytes]. Exceeded by at most one record a partition.
    /// librdkafka's own read-ahead (<c>queued.max.messages.kbytes</c>) comes on top.
    /// </summary>
    public long MaxBufferedBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long an assignment waits for its claims before it goes on without the late ones, which wait visibly.</summary>
    public TimeSpan ClaimPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a revoked partition may take to finish the batch in flight before that batch is cancelled.</summary>
    public TimeSpan RevokePatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long librdkafka is left to find its brokers again before the consumer is built anew.</summary>
    public TimeSpan UnreachablePatience { get; init; } = TimeSpan.FromSeconds(60);
}
