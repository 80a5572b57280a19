using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Replays;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts;

/// <summary>One handler of a topic key, as the configuration orders it.</summary>
public sealed record HandlerDefinition
{
    /// <summary>Keys cursor and books; unique within its topic key.</summary>
    public required string Id { get; init; }

    /// <summary>Which handler it is: <c>hermes</c>, <c>log</c>, <c>heartbeat</c>, or the name of one's own; its grain type is <c>NAME-handler</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Skip messages with a <c>_test</c> header.</summary>
    public bool IgnoreTest { get; init; } = true;

    /// <summary>CREATE_TARGETS <c>always</c>: make targets that are not known yet from the message's own target table.</summary>
    public bool CreateTargets { get; init; }

    /// <summary>HANDLER_TIMEOUT: without an answer for so long it counts as failing.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>ARCHIVE, for the handler <c>archive</c> alone: how long messages are kept.</summary>
    public TimeSpan KeepFor { get; init; }

    /// <summary>For the handler <c>archive</c> alone: the topic's own entry asks for it, so that even heartbeats are kept.</summary>
    public bool KeepsHeartbeats { get; init; }

    /// <summary>Keys that only this handler knows, for <c>webhook</c>, <c>stream</c> and handlers of one's own.</summary>
    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>The handlers of an exact topic name or a pattern.</summary>
public sealed record BindingDefinition(string TopicKey, ImmutableArray<HandlerDefinition> Handlers);

/// <summary>One active entry of ALERT_STREAMS.</summary>
public sealed record StreamDefinition
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required StreamSettings Settings { get; init; }
    public required ImmutableArray<BindingDefinition> Bindings { get; init; }

    /// <summary>ARCHIVE_BYTES: what the kept messages of all its topics may take up [bytes].</summary>
    public long ArchiveBytes { get; init; } = DefaultArchiveBytes;

    public const long DefaultArchiveBytes = 2L * 1024 * 1024 * 1024;
}

/// <summary>What is subscribed, for the whole cluster: the same on every silo. Changed as a whole by a reload of the configuration.</summary>
public sealed class StreamCatalog(IEnumerable<StreamDefinition> streams) : IHandlerOptions
{
    private volatile ImmutableDictionary<string, (StreamDefinition Stream, TopicPatterns Patterns)> _streams = Index(streams);

    public IEnumerable<StreamDefinition> Streams => _streams.Values.Select(entry => entry.Stream).OrderBy(stream => stream.Id, StringComparer.Ordinal);

    /// <summary>The binding that takes this topic: an exact name wins, then the longest pattern; null when none does.</summary>
    public BindingDefinition? Find(TopicName topic) =>
        _streams.TryGetValue(topic.Stream, out var entry) && entry.Patterns.Match(topic.Topic) is { } key
            ? entry.Stream.Bindings.First(binding => binding.TopicKey == key)
            : null;

    /// <summary>The handler of a key; for one of a replay the handler that is replayed to.</summary>
    public HandlerDefinition? Find(HandlerKey key) =>
        Find(key.Partition.Topic)?.Handlers.FirstOrDefault(handler => handler.Id == ReplayNames.HandlerOf(key.Handler));

    /// <summary>From the next question on. The consumers of what differs must not run meanwhile.</summary>
    public void Replace(IEnumerable<StreamDefinition> streams) => _streams = Index(streams);

    private static ImmutableDictionary<string, (StreamDefinition Stream, TopicPatterns Patterns)> Index(IEnumerable<StreamDefinition> streams) =>
        streams.ToImmutableDictionary(stream => stream.Id, stream => (stream, new TopicPatterns(stream.Bindings.Select(binding => binding.TopicKey))));

    IReadOnlyDictionary<string, string> IHandlerOptions.Of(HandlerKey handler) => Find(handler)?.Options ?? ImmutableDictionary<string, string>.Empty;
}
