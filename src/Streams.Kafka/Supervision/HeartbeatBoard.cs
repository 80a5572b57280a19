using System.Collections.Concurrent;

namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>The heartbeats of a stream's topics, as far as they are read here or are nowhere. Safe on any thread.</summary>
internal sealed class HeartbeatBoard(StreamSettings settings, TopicPatterns patterns, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Heartbeat?> _topics = new(StringComparer.Ordinal);

    /// <summary>Null for a topic that has other messages.</summary>
    public Heartbeat? Of(string topic) => settings.Heartbeats.Count == 0 ? null : _topics.GetOrAdd(topic, Make);

    /// <summary>The topics that are named, not found by a pattern: they are missed also where there is no such topic.</summary>
    public IReadOnlyList<string> Named { get; } = [.. settings.Heartbeats.Select(heartbeat => heartbeat.TopicKey).Where(key => !TopicPatterns.IsPattern(key)).Distinct()];

    /// <summary>What is wrong with the worst of them; null when all beat.</summary>
    public string? Trouble => _topics.Values.Select(heartbeat => heartbeat?.State).Where(state => state is not (null or Heartbeat.Beating)).Order(StringComparer.Ordinal).FirstOrDefault();

    private Heartbeat? Make(string topic) =>
        patterns.Match(topic) is { } key && settings.Heartbeats.FirstOrDefault(heartbeat => heartbeat.TopicKey == key) is { } found ? new(topic, found, time) : null;
}
