using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Targets.Export;
using TomOrleans.Storage;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>Reads all rows of a target and sets their flag. Holds nothing: the grain that owns the target need not know, as what it remembers stays true.</summary>
[GrainType("target-photometry"), StatelessWorker]
public sealed class TargetPhotometryGrain(TargetTable targets, PhotometryTable photometry, PhotometryRetraction retraction, EventQueue events) : Grain, ITargetPhotometryGrain
{
    /// <summary>Some 20 MB of text, below what a message may hold.</summary>
    private const int PointsOfPage = 100_000;

    private long Id => this.GetPrimaryKeyLong();

    public async Task<ImmutableArray<PointHistory>> GetHistoryAsync()
    {
        await RequireAsync();
        return LightCurve.History(await photometry.ReadAsync(Id));
    }

    public async Task<int> RetractAsync(ImmutableArray<string> keys, bool retracted)
    {
        await RequireAsync();
        var chosen = PointChoice.Of(keys, LightCurve.History(await photometry.ReadAsync(Id)));
        try
        {
            var changed = await retraction.SetAsync(Id, chosen, retracted);
            events.TargetChanged(Id, Enumerable.Repeat(RowFate.Revision, changed).ToArray());
            return changed;
        }
        catch (StorageException exception)
        {
            throw new TomException(exception is StorageUnavailableException ? TomFault.Unavailable : TomFault.Invalid, exception.Message, exception);
        }
    }

    public async Task<PhotometryFilePage> ExportAsync(PhotometryFileFormat format, int from)
    {
        var row = await RequireAsync();
        var points = LightCurve.Shown(await photometry.ReadAsync(Id), includeRetracted: true);
        return PhotometryFileWriters.Page(format, TargetViews.Of(row, new Dictionary<long, PhotometryRow>()), points, Math.Max(0, from), PointsOfPage);
    }

    private async Task<TargetRow> RequireAsync() =>
        (await targets.GetAsync([Id])) is [var row] ? row : throw new TomException(TomFault.NotFound, $"There is no target with id {Id}.");
}
