using System.Collections.Concurrent;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Takes the points of all handlers in this silo to their targets. What comes for a target while that is being called goes with its next call, from however many batches it
/// comes: the more there is to do, the fewer calls a point costs, and the more points a transaction carries.
/// </summary>
public sealed class TargetCalls(IGrainFactory grains)
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
        (long Target, TargetLine? Line) last = default;
        foreach (var (target, point, index) in batch.Points)
        {
            // The points of a message mostly are of one target.
            var line = target == last.Target && last.Line is { } same ? same : LineOf(target);
            last = (target, line);
            if (line.Add(new(point, batch, index)))
            {
                idle.Add(line);
            }
        }

        if (idle.Count > 0)
        {
            await BehindOthersAsync();

            // The targets need not know who called us, and would be told with every call; each await of it would keep that, too.
            RequestContext.Clear();
            using (ExecutionContext.SuppressFlow())
            {
                foreach (var line in idle)
                {
                    line.Call();
                }
            }
        }

        await batch.Recorded;
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
