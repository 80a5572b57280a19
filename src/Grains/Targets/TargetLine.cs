using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>A point that waits for its target, and the place where its fate belongs.</summary>
internal readonly record struct WaitingPoint(PhotometryPoint Point, IPointOwner Owner, int Index);

/// <summary>The points that wait for one target, which is called by one at a time.</summary>
internal sealed class TargetLine(ITargetGrain target)
{
    /// <summary>Points of one call: a transaction takes some ten times as many.</summary>
    private const int MostPoints = 2_000;
    private readonly Lock _gate = new();
    private List<WaitingPoint> _waiting = [];
    private List<WaitingPoint> _called = [];
    private bool _isBusy;

    /// <summary>True when the target was idle: whoever is told so must <see cref="Call"/> it.</summary>
    public bool Add(ReadOnlySpan<WaitingPoint> points)
    {
        lock (_gate)
        {
            _waiting.AddRange(points);
            return !_isBusy && (_isBusy = true);
        }
    }

    /// <summary>Calls the target until nothing waits.</summary>
    public async void Call()
    {
        while (Take() is { } points)
        {
            try
            {
                Settle(_called, (await target.RecordPhotometryAsync(points)).AsSpan());
            }
            catch (Exception exception) when (!FaultOfOurs.Is(exception) && _called.Exists(point => point.Owner != _called[0].Owner))
            {
                await CallForEachAsync();
            }
            catch (Exception exception)
            {
                Fail(_called, exception);
            }
        }
    }

    /// <summary>One of several batches has a fault: each goes alone, so that nobody pays for another's.</summary>
    private async Task CallForEachAsync()
    {
        foreach (var batch in _called.GroupBy(point => point.Owner))
        {
            var points = batch.ToList();
            try
            {
                Settle(points, (await target.RecordPhotometryAsync([.. points.Select(point => point.Point)])).AsSpan());
            }
            catch (Exception exception)
            {
                Fail(points, exception);
            }
        }
    }

    private ImmutableArray<PhotometryPoint>? Take()
    {
        lock (_gate)
        {
            _called.Clear();
            if (_waiting.Count == 0)
            {
                _isBusy = false;
                return null;
            }

            if (_waiting.Count <= MostPoints)
            {
                (_called, _waiting) = (_waiting, _called);
            }
            else
            {
                _called.AddRange(CollectionsMarshal.AsSpan(_waiting)[..MostPoints]);
                _waiting.RemoveRange(0, MostPoints);
            }
        }

        var points = new PhotometryPoint[_called.Count];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = _called[i].Point;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(points);
    }

    /// <summary>Those of one owner that follow each other are settled together.</summary>
    private static void Settle(List<WaitingPoint> points, ReadOnlySpan<PointFate> fates)
    {
        for (int i = 0, end; i < points.Count; i = end)
        {
            var (_, owner, index) = points[i];
            for (end = i + 1; end < points.Count && points[end].Owner == owner && points[end].Index == index + end - i;)
            {
                end++;
            }

            owner.Settle(index, fates[i..end]);
        }
    }

    private static void Fail(List<WaitingPoint> points, Exception exception)
    {
        foreach (var point in points)
        {
            point.Owner.Fail(point.Index, exception);
        }
    }
}
