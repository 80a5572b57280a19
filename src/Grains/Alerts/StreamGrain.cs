using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts;

/// <summary>Gathers the silos' reports on one stream.</summary>
[GrainType("stream")]
public sealed class StreamGrain(StreamCatalog catalog, TimeProvider time) : Grain, IStreamGrain
{
    private readonly ReportBoard<string, StreamReport> _reports = new(time);

    public Task ReportAsync(string silo, StreamReport report)
    {
        _reports.Put(silo, silo, report, report.State == "stopped");
        return Task.CompletedTask;
    }

    public Task<string> GetStateAsync() => Task.FromResult(WorstOf([.. _reports.Current().Values.Select(posted => posted.Report)]));

    public Task<ImmutableArray<StreamTrouble>> GetTroublesAsync() => Task.FromResult<ImmutableArray<StreamTrouble>>(
        [.. _reports.Current().Values.SelectMany(posted => posted.Report.Troubles).DistinctBy(trouble => (trouble.Topic, trouble.Handler))]);

    public async Task<StreamStatus> GetStatusAsync()
    {
        var id = this.GetPrimaryKeyString();
        var definition = catalog.Streams.FirstOrDefault(stream => stream.Id == id)
            ?? throw new TomException(TomFault.NotFound, $"There is no stream '{OneLine.Of(id)}'.");
        var reports = _reports.Current().Values.Select(posted => posted.Report).ToImmutableArray();
        var topics = await Task.WhenAll(reports.SelectMany(report => report.Topics).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(topic => GrainFactory.Topic(new(id, topic)).GetStatusAsync()));
        return new()
        {
            Id = id,
            Kind = definition.Kind,
            State = WorstOf(reports),
            Topics = [.. topics],
            Problems = [.. reports.SelectMany(report => report.Problems).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>One silo that cannot read is worth knowing even when the others can; and that more than a heartbeat that one of them misses.</summary>
    private static string WorstOf(ImmutableArray<StreamReport> reports) =>
        reports.IsEmpty ? "stopped: no silo reads it"
        : reports.Select(report => report.State).Where(state => state != "connected").OrderBy(IsOfHeartbeat).FirstOrDefault() ?? "connected";

    private static bool IsOfHeartbeat(string state) => state.StartsWith("silent", StringComparison.Ordinal) || state.StartsWith("failing", StringComparison.Ordinal);
}
