using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Placement;
using TomOrleans.Grains.Events;
using TomOrleans.Storage;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Owner of one target. Points are rows, not grain state: the grain keeps only what tells a known point from a new one, and the key of the table decides in the end.
/// Placed at random, because the default placement puts nearly all targets on one silo.
/// </summary>
[GrainType("target"), RandomPlacement]
public sealed class TargetGrain(TargetTable targets, PhotometryTable photometry, IIngestWriter writer, EventQueue events) : Grain, ITargetGrain
{
    private const PointFate Undecided = (PointFate)(-1);
    private KnownPoints? _known;

    private long Id => this.GetPrimaryKeyLong();

    public async Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points)
    {
        var fates = new PointFate[points.Length];
        try
        {
            _known ??= await LoadAsync();
            var rows = Judge(points, _known, fates);
            if (rows.Count > 0)
            {
                var written = await writer.AppendPhotometryAsync(Id, rows);
                Note(rows, written, _known, fates);
                events.TargetChanged(Id, written);
            }
        }
        catch (StorageException exception)
        {
            // What was cached may not be what was stored.
            _known = null;
            throw new TomException(exception is StorageUnavailableException ? TomFault.Unavailable : TomFault.Invalid, exception.Message, exception);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(fates);
    }

    public async Task<Target> GetAsync()
    {
        var row = await FindRowAsync();
        return TargetViews.Of(row, await photometry.LatestAsync([Id]));
    }

    public async Task<ImmutableArray<PhotometryPoint>> GetPhotometryAsync()
    {
        await FindRowAsync();
        return LightCurve.Shown(await photometry.ReadAsync(Id));
    }

    /// <summary>Finds the fates of points that are known here. The rows of the others are for the database: their fates are <see cref="Undecided"/>.</summary>
    private static ArraySegment<PhotometryRow> Judge(ImmutableArray<PhotometryPoint> points, KnownPoints known, PointFate[] fates)
    {
        var rows = new PhotometryRow[points.Length];
        var count = 0;
        MessageSource? source = null;
        for (var i = 0; i < points.Length; i++)
        {
            source = i > 0 && ReferenceEquals(points[i].Provenance, points[i - 1].Provenance) ? source : PhotometryRows.SourceOf(points[i].Provenance);
            var row = PhotometryRows.ToRow(points[i], source);
            fates[i] = known.Judge(row) ?? Undecided;
            if (fates[i] == Undecided)
            {
                rows[count++] = row;
            }
        }

        return new(rows, 0, count);
    }

    /// <summary>Takes note of what the database made of the rows.</summary>
    private static void Note(ArraySegment<PhotometryRow> rows, IReadOnlyList<RowFate> written, KnownPoints known, PointFate[] fates)
    {
        var next = 0;
        for (var i = 0; i < fates.Length; i++)
        {
            if (fates[i] == Undecided)
            {
                known.Add(rows[next]);
                fates[i] = written[next] switch
                {
                    RowFate.New => PointFate.New,
                    RowFate.Revision => PointFate.Revision,

                    // Known to the table only since an earlier point of this call, or to a full grain.
                    _ => known.Judge(rows[next]) ?? PointFate.Known,
                };
                next++;
            }
        }
    }

    private async Task<KnownPoints> LoadAsync()
    {
        var row = await FindRowAsync();
        return row.Points > KnownPoints.Capacity ? KnownPoints.Unbounded() : KnownPoints.Of(await photometry.ReadAsync(Id));
    }

    private async Task<TargetRow> FindRowAsync() =>
        (await targets.GetAsync([Id])) is [var row] ? row : throw new TomException(TomFault.NotFound, $"There is no target with id {Id}.");
}
