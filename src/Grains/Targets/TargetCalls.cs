using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TomOrleans.Grains.Targets.Homes;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Takes the points of all handlers in this silo to their targets. What comes for a target while that is being called goes with its next call, from however many batches it
/// comes: the more there is to do, the fewer calls a point costs, and the more points a transaction carries. What a batch has for several targets of another silo goes there in one call.
/// </summary>
public sealed class TargetCalls(IGrainFactory grains, TargetHomes homes)
{
    private const int Capacity = 50_000;
    private readonly ConcurrentDictionary<long, TargetLine> _lines = new();

    /// <summary>
    /// When this returns, every point of the batch that has a target has its fate, durably. Throws what the target of any of them threw; others may be stored all the same.
    /// Safe to repeat. To be called from a grain.
    /// </summary>
    public async Task RecordAsync(PhotometryBatch batch)
    {
        if (!batch.HasPoints)
        {
            return;
        }

        var idle = new List<TargetLine>();
        List<SiloParcel>? parcels = null;
        ForEachRun(batch.Waiting, (target, points) =>
        {
            if (homes.ElsewhereOf(target) is { } silo)
            {
                ParcelFor(silo, parcels ??= []).Add(target, points);
            }
            else
            {
                Enqueue(target, points, idle);
            }
        });

        foreach (var parcel in parcels?.Where(parcel => parcel.IsForOneTarget) ?? [])
        {
            idle.AddRange(Enqueue(parcel.Waiting));
        }

        await CallAsync(idle, parcels?.Where(parcel => !parcel.IsForOneTarget) ?? []);
        await batch.Recorded;
    }

    /// <summary>The points that another silo has for targets of this one, as <see cref="ISiloTargetsGrain.RecordPhotometryAsync"/>. To be called from a grain.</summary>
    public async Task<RecordedPoints> RecordHereAsync(ImmutableArray<PointOfTarget> points)
    {
        if (points.IsEmpty)
        {
            return new([], []);
        }

        var arrived = new ArrivedPoints(points.Length);
        await CallAsync(Enqueue(points.Select((point, index) => (point.Target, new WaitingPoint(point.Point, arrived, index)))), []);
        return await arrived.Recorded;
    }

    private static SiloParcel ParcelFor(SiloAddress silo, List<SiloParcel> parcels)
    {
        // There are as many as other silos.
        var parcel = parcels.Find(parcel => parcel.Silo.Equals(silo));
        if (parcel is null)
        {
            parcels.Add(parcel = new(silo));
        }

        return parcel;
    }

    /// <summary>The lines that were idle, which somebody must call.</summary>
    private List<TargetLine> Enqueue(IEnumerable<(long Target, WaitingPoint Point)> points)
    {
        var idle = new List<TargetLine>();
        ForEachRun(points, (target, run) => Enqueue(target, run, idle));
        return idle;
    }

    private void Enqueue(long target, ReadOnlySpan<WaitingPoint> points, List<TargetLine> idle)
    {
        var line = LineOf(target);
        if (line.Add(points))
        {
            idle.Add(line);
        }
    }

    /// <summary>Gives points that follow each other and are of one target together, as those of a message mostly are.</summary>
    private static void ForEachRun(IEnumerable<(long Target, WaitingPoint Point)> points, Action<long, ReadOnlySpan<WaitingPoint>> take)
    {
        var run = new List<WaitingPoint>();
        var of = 0L;
        foreach (var (target, point) in points)
        {
            if (target != of && run.Count > 0)
            {
                take(of, CollectionsMarshal.AsSpan(run));
                run.Clear();
            }

            of = target;
            run.Add(point);
        }

        if (run.Count > 0)
        {
            take(of, CollectionsMarshal.AsSpan(run));
        }
    }

    private async Task CallAsync(List<TargetLine> idle, IEnumerable<SiloParcel> parcels)
    {
        if (idle.Count > 0)
        {
            await BehindOthersAsync();
        }

        // The targets need not know who called us, and would be told with every call; each await of it would keep that, too.
        RequestContext.Clear();
        using (ExecutionContext.SuppressFlow())
        {
            foreach (var parcel in parcels)
            {
                Send(parcel);
            }

            foreach (var line in idle)
            {
                line.Call();
            }
        }
    }

    /// <summary>Where the silo cannot be reached, or is of a version that takes no parcels, its targets are called each: Orleans knows where they are.</summary>
    private async void Send(SiloParcel parcel)
    {
        if (!await parcel.TrySendAsync(grains))
        {
            Enqueue(parcel.Waiting).ForEach(line => line.Call());
        }
    }

    private TargetLine LineOf(long target)
    {
        if (_lines.TryGetValue(target, out var known))
        {
            return known;
        }

        if (_lines.Count >= Capacity)
        {
            // One that is busy still serves those who wait in it.
            _lines.Clear();
        }

        return _lines.GetOrAdd(target, static (id, grains) => new(grains.Target(id)), grains);
    }

    /// <summary>Returns when the pool has begun what was queued before: batches that are nearly here come along.</summary>
    private static Task BehindOthersAsync()
    {
        var turn = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }
}
