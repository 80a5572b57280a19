using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Targets.Export;
using TomOrleans.Storage;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Reads all rows of a target and sets their flag. Holds nothing but the light curve of a file that is being written: the grain that owns the target need not know, as what it remembers stays true.
/// </summary>
[GrainType("target-photometry"), StatelessWorker]
public sealed class TargetPhotometryGrain(TargetTable targets, PhotometryTable photometry, PhotometryRetraction retraction, EventQueue events) : Grain, ITargetPhotometryGrain
{
    /// <summary>Few enough that the first page of a large target comes soon: the rest is written while it travels.</summary>
    private const int PointsOfPage = 10_000;

    private ImmutableArray<PhotometryPoint>? _beingWritten;

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

        // Kept from page to page, so that a file is of one moment; a page that another activation is asked for reads anew.
        var points = from > 0 && _beingWritten is { } kept ? kept : LightCurve.Shown(await photometry.ReadAsync(Id), includeRetracted: true);
        var page = PhotometryFileWriters.Page(format, TargetViews.Of(row, new Dictionary<long, PhotometryRow>()), points, Math.Max(0, from), PointsOfPage);
        _beingWritten = page.Next is null ? null : points;
        return page;
    }

    public async Task<byte[]> GetLightCurveAsync()
    {
        var row = await RequireAsync();
        var brief = await photometry.ReadBriefAsync(Id);
        return LightCurveJson.Write(row.Name, Id, BriefLightCurve.Shown(brief.Rows), brief.Texts);
    }

    private async Task<TargetRow> RequireAsync() =>
        (await targets.GetAsync([Id])) is [var row] ? row : throw new TomException(TomFault.NotFound, $"There is no target with id {Id}.");
}
