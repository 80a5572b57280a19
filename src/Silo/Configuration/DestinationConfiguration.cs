using System.Collections.Immutable;
using TomOrleans.Grains.Sharing.Hermes;

namespace TomOrleans.Silo.Configuration;

public enum DestinationKind
{
    /// <summary>A Hermes service: what a destination with <c>hermes</c> in its name is by default.</summary>
    Hermes,

    /// <summary>Another TOM: what all others are by default.</summary>
    Tom,

    /// <summary>Any Kafka broker, published to directly.</summary>
    Kafka,

    /// <summary>SCiMMA HOPSKOTCH, published to directly.</summary>
    Hopskotch,
}

/// <summary>An entry of DATA_SHARING.</summary>
public sealed record DestinationConfiguration
{
    /// <summary>A CONFIRM_STREAM that says: what is published is read nowhere here.</summary>
    public const string NoStream = "none";

    /// <summary>As written: case matters.</summary>
    public required string Name { get; init; }
    public required DestinationKind Kind { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>http or https, ends in <c>/</c>, without query or user name; for Kafka a name of the broker that is only shown.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The Hermes API key; not null exactly for <see cref="DestinationKind.Hermes"/>.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>Account at another TOM; null for Hermes.</summary>
    public string? UserName { get; init; }

    /// <summary>Password of <see cref="UserName"/>; null for Hermes.</summary>
    public Secret? Password { get; init; }

    /// <summary>Authors of shares that name none; null for none.</summary>
    public string? DefaultAuthors { get; init; }

    /// <summary>The topics offered; empty: any.</summary>
    public ImmutableArray<string> UserTopics { get; init; } = [];

    /// <summary>How long one submission may take, answer included.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long what was not answered may still appear on its topic.</summary>
    public TimeSpan LookUpPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Failures in a row after which the destination pauses itself.</summary>
    public int PauseAfter { get; init; } = 5;

    /// <summary>The shortest pause after a failure.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For whom messages to Hermes are written.</summary>
    public HermesDialect Dialect { get; init; }

    /// <summary>Topics whose readers need another dialect.</summary>
    public ImmutableDictionary<string, HermesDialect> TopicDialects { get; init; } = ImmutableDictionary<string, HermesDialect>.Empty;

    /// <summary>ID of the stream on which what Hermes publishes is read; null for the one that goes without saying.</summary>
    public string? ConfirmStream { get; init; }

    /// <summary>How far back Hermes' archive is asked for withdrawn messages [d]; 0 for never.</summary>
    public int RetractionDays { get; init; } = 30;

    /// <summary>How long the first new point of a continuous share waits for others to come along.</summary>
    public TimeSpan ContinuousDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Origins whose points may be shared there; empty: any.</summary>
    public ImmutableArray<string> ShareOrigins { get; init; } = [];

    /// <summary>Names under which the destination's own data reach us; they are not sent back.</summary>
    public ImmutableArray<string> Peers { get; init; } = [];

    /// <summary>Another TOM: make targets that it does not have.</summary>
    public bool CreateTargets { get; init; } = true;

    /// <summary>Kafka: properties of librdkafka; empty where <see cref="Stream"/> has them.</summary>
    public ImmutableArray<ClientProperty> Client { get; init; } = [];

    /// <summary>Kafka: ID of the stream whose broker and account are used; null where it has its own.</summary>
    public string? Stream { get; init; }

    public override string ToString() => $"{Name} ({Kind})";
}
