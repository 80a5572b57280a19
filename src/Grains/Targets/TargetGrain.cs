using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Placement;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Security;
using TomOrleans.Grains.Targets.Homes;
using TomOrleans.Storage;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Owner of one target. Points are rows, not grain state: the grain keeps only what tells a known point from a new one, and the key of the table decides in the end.
/// Placed by its id, because the default placement puts nearly all targets on one silo, and because points for many targets of a silo then go there together.
/// </summary>
[GrainType("target"), HashBasedPlacement]
public sealed class TargetGrain(
    TargetTable targets, TargetUndos undos, PhotometryTable photometry, IIngestWriter writer, TargetNameCache names, TargetHomes homes, EventQueue events, TimeProvider time) : Grain, ITargetGrain
{
    /// <summary>
    /// After so long without a call (and up to half as long again) it is let go; what it held is read again with the next one. An idle one takes some 2.5 KB: of a million touched within ten minutes
    /// 150,000 are held at once.
    /// </summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    private const PointFate Undecided = (PointFate)(-1);
    private KnownPoints? _known;
    private MembershipVersion? _homeSeen;

    private static string Caller => RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";

    private long Id => this.GetPrimaryKeyLong();

    public async Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points)
    {
        GoHomeAfterThis();
        using var span = TomTraces.Record(Id, points.Length);
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
        catch (UnknownTargetException)
        {
            _known = null;
            throw await GoneAsync();
        }
        catch (StorageException exception)
        {
            // What was cached may not be what was stored.
            _known = null;
            throw new TomException(exception is StorageUnavailableException ? TomFault.Unavailable : TomFault.Invalid, exception.Message, exception);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(fates);
    }

    public Task<Target> EditAsync(TargetEdit edit) => ChangeAsync(async () =>
    {
        var before = TargetViews.Of(await FindRowAsync(), new Dictionary<long, PhotometryRow>());
        TargetRefusals.ThrowIfAny(TargetRules.Faults(edit, before), "The target cannot be so");
        await targets.EditAsync(Id, TargetEntries.Of(edit, Caller, Clock.Microseconds(time)));
    });

    public Task<Target> AmendAsync(TargetAmendment amendment) => ChangeAsync(async () =>
    {
        var before = TargetViews.Of(await FindRowAsync(), new Dictionary<long, PhotometryRow>());
        TargetRefusals.ThrowIfAny(TargetRules.Faults(amendment, before), "The target cannot be so");
        await targets.ReviseAsync(Id, TargetEntries.Of(amendment, Caller, Clock.Microseconds(time)));
        if (!TargetRules.OrEmpty(amendment.RenamedAliases).IsEmpty)
        {
            names.Clear();
        }
    });

    public Task<Target> AddAliasesAsync(ImmutableArray<string> aliases) => ChangeAsync(async () =>
    {
        var faults = new List<string>();
        foreach (var alias in TargetRules.OrEmpty(aliases))
        {
            TargetRules.CheckName(faults, "alias", alias);
        }

        TargetRefusals.ThrowIfAny(faults, "The target cannot be called so");
        await targets.AddAliasesAsync(Id, [.. aliases.Select(TargetEntries.Name)], Caller, Clock.Microseconds(time), searchesLog: true);
    });

    public Task<Target> RemoveAliasesAsync(ImmutableArray<string> aliases) => ChangeAsync(async () =>
    {
        await targets.RemoveAliasesAsync(Id, [.. TargetRules.OrEmpty(aliases).Select(TargetEntries.Name)], Caller, Clock.Microseconds(time));
        names.Clear();
    });

    public Task ForgetAsync()
    {
        _known = null;
        return Task.CompletedTask;
    }

    public async Task<Target> GetAsync()
    {
        var row = await FindRowAsync();
        return TargetViews.Of(row, await photometry.LatestAsync([Id]));
    }

    public async Task<ImmutableArray<PhotometryPoint>> GetPhotometryAsync()
    {
        await FindRowAsync();
        return LightCurve.Shown(await photometry.ReadAsync(Id), includeRetracted: true);
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
                if (written[next] != RowFate.Withheld)
                {
                    known.Add(rows[next]);
                }

                fates[i] = written[next] switch
                {
                    RowFate.New => PointFate.New,
                    RowFate.Revision => PointFate.Revision,
                    RowFate.Witness => PointFate.Confirmed,
                    RowFate.Withheld => PointFate.Withheld,

                    // Known to the table only since an earlier point of this call, or to a full grain.
                    _ => known.Judge(rows[next]) ?? PointFate.Known,
                };
                next++;
            }
        }
    }

    /// <summary>Who came to live elsewhere by a silo that came or went is let go once, and begins anew at home: a target that is always busy would stay where it is for ever.</summary>
    private void GoHomeAfterThis()
    {
        var version = homes.Version;
        if (version == _homeSeen)
        {
            return;
        }

        if (_homeSeen is not null && homes.ElsewhereOf(Id) is not null)
        {
            DeactivateOnIdle();
        }

        _homeSeen = version;
    }

    private async Task<KnownPoints> LoadAsync()
    {
        var points = await targets.PointsAsync(Id) ?? throw await GoneAsync();
        return points > KnownPoints.Capacity ? KnownPoints.Unbounded() : KnownPoints.Of(points == 0 ? [] : await photometry.ReadAsync(Id));
    }

    private async Task<TargetRow> FindRowAsync() => (await targets.GetAsync([Id])) is [var row] ? row : throw await GoneAsync();

    private async Task<Target> ChangeAsync(Func<Task> change)
    {
        try
        {
            await change();
            return await GetAsync();
        }
        catch (UnknownTargetException)
        {
            throw await GoneAsync();
        }
        catch (StorageException refusal)
        {
            throw TargetRefusals.Of(refusal);
        }
    }

    /// <summary>Why there is no such target (any more).</summary>
    private async Task<TomException> GoneAsync() => await undos.SuccessorAsync(Id) is { } into
        ? new(TomFault.Gone, $"Target {Id} was merged into target {into}.")
        : await undos.IsGoneAsync(Id)
            ? new(TomFault.Gone, $"Target {Id} was removed.")
            : new(TomFault.NotFound, $"There is no target with id {Id}.");
}
