using System.Collections.Concurrent;
using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>Where this silo's claimed partitions show how their handlers stand. Safe on any thread.</summary>
public sealed class LaneBoard
{
    private readonly ConcurrentDictionary<TopicPartitionName, PartitionFan> _fans = new();

    public void Put(TopicPartitionName partition, PartitionFan fan) => _fans[partition] = fan;

    /// <summary>Takes it down, unless another claim has put up its own.</summary>
    public void Remove(TopicPartitionName partition, PartitionFan fan) => _fans.TryRemove(new(partition, fan));

    public IEnumerable<(TopicName Topic, LaneReport Report)> All() => _fans.SelectMany(entry => entry.Value.Report().Select(lane => (entry.Key.Topic, lane)));

    /// <summary>The handlers of a stream's claimed partitions.</summary>
    public IEnumerable<HandlerKey> HandlersOf(string stream) =>
        _fans.Where(entry => entry.Key.Topic.Stream == stream).SelectMany(entry => entry.Value.Report().Select(lane => new HandlerKey(entry.Key, lane.Handler)));

    public ImmutableArray<LaneReport> Of(TopicPartitionName partition) => _fans.TryGetValue(partition, out var fan) ? fan.Report() : [];
}
