using System.Collections.Concurrent;
using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Latency;

/// <summary>The latencies of this silo's handlers, one histogram a topic and handler for all its partitions. Safe on any thread.</summary>
public sealed class LatencyBoard(TimeProvider time)
{
    // By topic first: each topic is asked for its own each few seconds, and there can be thousands.
    private readonly ConcurrentDictionary<TopicName, ConcurrentDictionary<string, LatencyWindows>> _windows = new();

    public LatencyWindows Of(HandlerKey key) => _windows.GetOrAdd(key.Partition.Topic, _ => new(StringComparer.Ordinal)).GetOrAdd(key.Handler, _ => new(time));

    /// <summary>One a handler of the topic that had messages in the last minute.</summary>
    public ImmutableArray<LatencyReport> Of(TopicName topic) => !_windows.TryGetValue(topic, out var handlers)
        ? []
        : [.. handlers.Select(handler => new LatencyReport(handler.Key, handler.Value.Read())).Where(report => !report.Counts.IsEmpty)];

    public IEnumerable<(TopicName Topic, string Handler, ImmutableArray<LatencyCount> Counts)> All() =>
        from topic in _windows
        from handler in topic.Value
        select (topic.Key, handler.Key, handler.Value.Read());
}
