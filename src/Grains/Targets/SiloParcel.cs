using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>The points of one batch for the targets that live in one other silo.</summary>
internal sealed class SiloParcel(SiloAddress silo)
{
    private readonly List<PointOfTarget> _points = [];
    private readonly List<WaitingPoint> _waiting = [];

    public SiloAddress Silo { get; } = silo;

    /// <summary>Such points go to it as they are: there is nothing to save.</summary>
    public bool IsForOneTarget { get; private set; } = true;

    /// <summary>The points with their targets, in order.</summary>
    public IEnumerable<(long Target, WaitingPoint Point)> Waiting => _waiting.Select((point, index) => (_points[index].Target, point));

    public void Add(long target, ReadOnlySpan<WaitingPoint> points)
    {
        IsForOneTarget &= _points.Count == 0 || _points[0].Target == target;
        _waiting.AddRange(points);
        foreach (var point in points)
        {
            _points.Add(new(target, point.Point));
        }
    }

    /// <summary>Takes them to the silo. False where that cannot be reached: none has its fate then.</summary>
    public async Task<bool> TrySendAsync(IGrainFactory grains)
    {
        RecordedPoints recorded;
        try
        {
            recorded = await grains.SiloTargets(Silo).RecordPhotometryAsync([.. _points]);
        }
        catch (TimeoutException fault)
        {
            // Who waited so long waits for nothing else.
            _waiting.ForEach(point => point.Owner.Fail(point.Index, fault));
            return true;
        }
        catch (Exception)
        {
            return false;
        }

        var failed = recorded.Failed.ToDictionary(point => point.Index, point => point.Fault);
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (_, owner, index) = _waiting[i];
            if (failed.TryGetValue(i, out var fault))
            {
                owner.Fail(index, fault);
            }
            else
            {
                owner.Settle(index, recorded.Fates.AsSpan(i, 1));
            }
        }

        return true;
    }
}
