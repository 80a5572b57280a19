using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Placement;
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
public sealed class TargetGrain(TargetTable targets, PhotometryTable photometry, IIngestWriter writer) : Grain, ITargetGrain
{
    private KnownPoints? _known;

    private long Id => this.GetPrimaryKeyLong();

    public async Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points)
    {
        var fates = new PointFate[points.Length];
        try
        {
            _known ??= await LoadAsync();
            var (rows, places) = Judge(points, _known, fates);
            if (rows.Count > 0)
            {
                var written = await writer.AppendPhotometryAsync(Id, rows);
                for (var i = 0; i < rows.Count; i++)
                {
                    _known.Add(rows[i]);
                    fates[places[i]] = written[i] switch
                    {
                        RowFate.New => PointFate.New,
                        RowFate.Revision => PointFate.Revision,

                        // Known to the table only since an earlier point of this call, or to a full grain.
                        _ => _known.Judge(rows[i]) ?? PointFate.Known,
                    };
                }
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

    /// <summary>Finds the fates of points that are known here; the rows of the others, and their places among the points, are for the database.</summary>
    private static (List<PhotometryRow> Rows, List<int> Places) Judge(ImmutableArray<PhotometryPoint> points, KnownPoints known, PointFate[] fates)
    {
        var rows = new List<PhotometryRow>(points.Length);
        var places = new List<int>(points.Length);
        MessageSource? source = null;
        for (var i = 0; i < points.Length; i++)
        {
            source = i > 0 && ReferenceEquals(points[i].Provenance, points[i - 1].Provenance) ? source : PhotometryRows.SourceOf(points[i].Provenance);
            var row = PhotometryRows.ToRow(points[i], source);
            if (known.Judge(row) is { } fate)
            {
                fates[i] = fate;
            }
            else
            {
                rows.Add(row);
                places.Add(i);
            }
        }

        return (rows, places);
    }

    private async Task<KnownPoints> LoadAsync()
    {
        var row = await FindRowAsync();
        return row.Points > KnownPoints.Capacity ? KnownPoints.Unbounded() : KnownPoints.Of(await photometry.ReadAsync(Id));
    }

    private async Task<TargetRow> FindRowAsync() =>
        (await targets.GetAsync([Id])) is [var row] ? row : throw new TomException(TomFault.NotFound, $"There is no target with id {Id}.");
}
