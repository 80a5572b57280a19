using System.Collections.Concurrent;
using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Latency;

/// <summary>The latencies of this silo's handlers, one histogram a topic and handler for all its partitions. Safe on any thread.</summary>
public sealed class LatencyBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<(TopicName Topic, string Handler), LatencyWindows> _windows = new();

    public LatencyWindows Of(HandlerKey key) => _windows.GetOrAdd((key.Partition.Topic, key.Handler), _ => new(time));

    /// <summary>One a handler of the topic that had messages in the last minute.</summary>
    public ImmutableArray<LatencyReport> Of(TopicName topic) =>
    [
        .. _windows.Where(entry => entry.Key.Topic == topic)
            .Select(entry => new LatencyReport(entry.Key.Handler, entry.Value.Read()))
            .Where(report => !report.Counts.IsEmpty),
    ];

    public IEnumerable<(TopicName Topic, string Handler, ImmutableArray<LatencyCount> Counts)> All() =>
        _windows.Select(entry => (entry.Key.Topic, entry.Key.Handler, entry.Value.Read()));
}
