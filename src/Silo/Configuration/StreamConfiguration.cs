using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration;

public enum StreamKind
{
    /// <summary>SCiMMA HOPSKOTCH.</summary>
    Hopskotch,

    /// <summary>NASA GCN.</summary>
    Gcn,

    /// <summary>Any Kafka broker.</summary>
    Kafka,

    /// <summary>The Kafka embedded in this process; the host says where it listens.</summary>
    Sandbox,
}

/// <summary>An entry of ALERT_STREAMS.</summary>
public sealed record StreamConfiguration
{
    /// <summary>Part of every cursor; holds no slash.</summary>
    public required string Id { get; init; }
    public required StreamKind Kind { get; init; }

    /// <summary>False: nothing else of this entry was read.</summary>
    public required bool Active { get; init; }

    /// <summary>
    /// Properties of librdkafka: where the broker is and how to log in. Without those that the reader of the stream decides itself: group, start, commits.
    /// Empty for <see cref="StreamKind.Sandbox"/> until the host has filled it in.
    /// </summary>
    public ImmutableArray<ClientProperty> Client { get; init; } = [];
    public string GroupId { get; init; } = "";

    /// <summary>Which Kafka cluster it is, where the host knows it better than the broker tells: each start of the embedded one. Null otherwise.</summary>
    public string? ClusterId { get; init; }
    public StartPosition Start { get; init; }

    /// <summary>Messages marked as tests are not handled; what handlers do that say nothing else.</summary>
    public bool IgnoreTest { get; init; } = true;

    /// <summary>What the kept messages of all its topics may take up [bytes].</summary>
    public long ArchiveBytes { get; init; } = Grains.Alerts.StreamDefinition.DefaultArchiveBytes;

    /// <summary>Topics and their handlers, in the order of the file.</summary>
    public ImmutableArray<TopicBinding> Bindings { get; init; } = [];

    public override string ToString() => $"{Id} ({Kind}{(Active ? "" : ", not active")})";
}
