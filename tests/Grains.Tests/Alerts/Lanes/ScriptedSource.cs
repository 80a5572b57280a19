using System.Threading.Channels;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

/// <summary>A partition with these offsets, read by whoever is behind in pieces of ten.</summary>
internal sealed class ScriptedSource : IPartitionSource
{
    private readonly Channel<long> _reads = Channel.CreateUnbounded<long>();

    public long Low { get; set; }

    public long High { get; set; }

    /// <summary>What stands at these offsets; elsewhere any message.</summary>
    public Dictionary<long, MessageRecord> Records { get; } = [];

    /// <summary>What the broker's index of times says of any time; null where nothing is that late, but for a producer's clock that is far ahead.</summary>
    public long? FirstNotOlder { get; set; }

    public List<TopicPartitionName> Reclaimed { get; } = [];

    public bool IsForgotten { get; private set; }

    /// <summary>Set to make reads fail.</summary>
    public string? Fault { get; set; }

    public Task<CatchUpRecords> ReadAsync(TopicPartitionName partition, long offset, CancellationToken cancellation)
    {
        _reads.Writer.TryWrite(offset);
        if (Fault is { } fault)
        {
            throw new TomException(TomFault.Unavailable, fault);
        }

        if (offset < Low || offset > High)
        {
            return Task.FromResult(new CatchUpRecords([], offset, Low));
        }

        var next = Math.Min(offset + 10, High);
        return Task.FromResult(new CatchUpRecords([.. Scene.Offsets(offset, next).Select(at => Records.GetValueOrDefault(at, Scene.Record(at)))], next));
    }

    public async Task<long> ReadFromAsync() => await _reads.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Forget(TopicPartitionName partition) => IsForgotten = true;

    public void Reclaim(TopicPartitionName partition) => Reclaimed.Add(partition);

    public Task<long> EndAsync(TopicPartitionName partition, CancellationToken cancellation) => Task.FromResult(High);

    public Task<long> OffsetAtAsync(TopicPartitionName partition, DateTimeOffset at, CancellationToken cancellation) => Task.FromResult(FirstNotOlder ?? High);
}
