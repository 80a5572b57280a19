using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Security;
using TomOrleans.Storage.Control;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts;

/// <summary>Keeps the silos' last reports in memory; books and orders are in their tables: it has no state of its own to lose.</summary>
[GrainType("topic")]
public sealed class TopicGrain(StreamCatalog catalog, CursorTable cursors, ControlTable control, EventQueue events, TimeProvider time) : Grain, ITopicGrain
{
    private readonly ReportBoard<int, PartitionReport> _reports = new(time);
    private readonly ReportBoard<string, ImmutableArray<LatencyReport>> _latencies = new(time);
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

    public Task ReportLatencyAsync(string silo, ImmutableArray<LatencyReport> handlers)
    {
        _latencies.Put(silo, silo, handlers, isLast: false);
        return Task.CompletedTask;
    }

    public async Task<TopicStatus> GetStatusAsync()
    {
        var rows = await cursors.ReadAsync(_name.Stream, _name.Topic);
        var latencies = _latencies.Current().Values.SelectMany(posted => posted.Report);
        return TopicBooks.Of(_name, catalog.Find(_name)?.Handlers ?? [], rows, _reports.Current(), [.. latencies]);
    }

    public async Task<ImmutableArray<LostRange>> GetLostAsync() =>
        [.. (await cursors.LostRangesAsync(_name.Stream, _name.Topic))
            .Select(lost => new LostRange(lost.Key.Handler, lost.Key.Partition, lost.Range.First, lost.Range.Last, lost.Range.NotedMicroseconds))];

    public async Task PauseAsync(string? handler)
    {
        await control.PauseAsync(_name.Stream, _name.Topic, Known(handler), new(Caller, Clock.Microseconds(time)));
        events.TopicOrdered(TomEventKind.TopicPaused, _name, handler, Caller);
    }

    public async Task ResumeAsync(string? handler)
    {
        await control.ResumeAsync(_name.Stream, _name.Topic, Known(handler));
        events.TopicOrdered(TomEventKind.TopicResumed, _name, handler, Caller);
    }

    public async Task SeekAsync(TopicSeek seek)
    {
        if (seek is { To: SeekTo.Offset, Value: < 0 })
        {
            throw new TomException(TomFault.Invalid, "An offset is 0 or more.");
        }

        var goal = seek.To switch
        {
            SeekTo.Earliest => SeekGoal.Earliest,
            SeekTo.Latest => SeekGoal.Latest,
            SeekTo.Time => SeekGoal.Time,
            _ => SeekGoal.Offset,
        };
        await control.SeekAsync(_name.Stream, _name.Topic, Known(seek.Handler), new(goal, seek.Value, Clock.Microseconds(time)));
        events.TopicOrdered(TomEventKind.TopicSought, _name, seek.Handler, Caller);
    }

    private static string Caller => RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";

    /// <summary>The handler's id, or nothing for all.</summary>
    private string Known(string? handler)
    {
        var handlers = catalog.Find(_name)?.Handlers
            ?? throw new TomException(TomFault.NotFound, $"The topic {OneLine.Of(_name.ToString())} is not configured; tom topics lists those that are.");
        return handler is null || handlers.Any(known => known.Id == handler)
            ? handler ?? ""
            : throw new TomException(
                TomFault.NotFound,
                $"The topic {_name} has no handler '{OneLine.Of(handler)}'; it has: {string.Join(", ", handlers.Select(known => known.Id))}");
    }
}
