using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// The points of a batch of alerts on their way to their targets, and the fates that come back. Points are counted through, alert by alert; those of alerts that are judged
/// already are left out.
/// </summary>
public sealed class PhotometryBatch : IPointOwner
{
    private const long NoTarget = -1;
    private readonly ImmutableArray<Alert> _alerts;

    /// <summary>For each alert the number of its first point, and at last the number of all.</summary>
    private readonly int[] _first;
    private readonly long[] _targets;
    private readonly PointFate[] _fates;
    private readonly TaskCompletionSource _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _fault;
    private int _open;

    public PhotometryBatch(ImmutableArray<Alert> alerts, Verdict?[] verdicts)
    {
        _alerts = alerts;
        _first = new int[alerts.Length + 1];
        for (var i = 0; i < alerts.Length; i++)
        {
            _first[i + 1] = _first[i] + (verdicts[i] is null ? alerts[i].Report?.Points.Length ?? 0 : 0);
        }

        _targets = new long[_first[^1]];
        _fates = new PointFate[_first[^1]];
        _targets.AsSpan().Fill(NoTarget);
    }

    /// <summary>The points whose target is known, with it.</summary>
    internal IEnumerable<(long Target, WaitingPoint Point)> Waiting
    {
        get
        {
            for (var i = 0; i < _alerts.Length; i++)
            {
                for (var index = _first[i]; index < _first[i + 1]; index++)
                {
                    if (_targets[index] != NoTarget)
                    {
                        yield return (_targets[index], new(_alerts[i].Report!.Points[index - _first[i]].Point, this, index));
                    }
                }
            }
        }
    }

    /// <summary>False when there is nothing to record.</summary>
    public bool HasPoints => _open > 0;

    /// <summary>Completes when all of <see cref="Waiting"/> are settled; fails, then, if any failed.</summary>
    public Task Recorded => _recorded.Task;

    /// <summary>Gives each point without one the target of its name.</summary>
    /// <param name="find">From a name as it was reported to a target; null where none is known.</param>
    /// <returns>True when every point has a target.</returns>
    public bool Assign(Func<string, long?> find)
    {
        string? last = null;
        long? found = null;
        var open = 0;
        for (var i = 0; i < _alerts.Length; i++)
        {
            for (var index = _first[i]; index < _first[i + 1]; index++)
            {
                if (_targets[index] != NoTarget)
                {
                    open++;
                    continue;
                }

                // The rows of a message mostly are of one target.
                var name = _alerts[i].Report!.Points[index - _first[i]].TargetName;
                found = ReferenceEquals(name, last) ? found : find(name);
                last = name;
                _targets[index] = found ?? NoTarget;
                open += found is null ? 0 : 1;
            }
        }

        _open = open;
        return open == _targets.Length;
    }

    /// <summary>The names of points without a target; repeats are possible.</summary>
    public IEnumerable<string> UnknownNames()
    {
        for (var i = 0; i < _alerts.Length; i++)
        {
            for (var index = _first[i]; index < _first[i + 1]; index++)
            {
                if (_targets[index] == NoTarget)
                {
                    yield return _alerts[i].Report!.Points[index - _first[i]].TargetName;
                }
            }
        }
    }

    /// <summary>False when no target of the alert's points is known.</summary>
    public bool HasTarget(int alert) => Targets(alert).ContainsAnyExcept(NoTarget);

    /// <summary>True when each point of the alert that has a target was a repeat.</summary>
    public bool IsRepeat(int alert)
    {
        var targets = Targets(alert);
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i] != NoTarget && _fates[_first[alert] + i] != PointFate.Repeat)
            {
                return false;
            }
        }

        return true;
    }

    void IPointOwner.Settle(int index, ReadOnlySpan<PointFate> fates)
    {
        fates.CopyTo(_fates.AsSpan(index));
        Close(fates.Length);
    }

    void IPointOwner.Fail(int index, Exception fault)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        Close(1);
    }

    private ReadOnlySpan<long> Targets(int alert) => _targets.AsSpan(_first[alert].._first[alert + 1]);

    private void Close(int points)
    {
        if (Interlocked.Add(ref _open, -points) == 0)
        {
            if (_fault is { } fault)
            {
                _recorded.TrySetException(fault);
            }
            else
            {
                _recorded.TrySetResult();
            }
        }
    }
}
