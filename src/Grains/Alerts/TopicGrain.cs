using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts;

/// <summary>Keeps the silos' last reports in memory and reads the books from their table: it has no state of its own to lose.</summary>
[GrainType("topic")]
public sealed class TopicGrain(StreamCatalog catalog, CursorTable cursors, TimeProvider time) : Grain, ITopicGrain
{
    private readonly ReportBoard<int, PartitionReport> _reports = new(time);
    private TopicName _name;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _name = TopicName.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task ReportAsync(string silo, ImmutableArray<PartitionReport> partitions)
    {
        foreach (var report in partitions)
        {
            _reports.Put(report.Partition, silo, report, report.Released);
        }

        return Task.CompletedTask;
    }

    public async Task<TopicStatus> GetStatusAsync()
    {
        var rows = await cursors.ReadAsync(_name.Stream, _name.Topic);
        return TopicBooks.Of(_name, catalog.Find(_name)?.Handlers ?? [], rows, _reports.Current());
    }
}
