using System.Runtime.InteropServices;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>Points that another silo sent to targets of this one, and the fates that go back.</summary>
internal sealed class ArrivedPoints(int count) : IPointOwner
{
    private readonly PointFate[] _fates = new PointFate[count];
    private readonly TaskCompletionSource<RecordedPoints> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<FailedPoint> _failed = [];
    private int _open = count;

    /// <summary>Completes when each point has its fate or failed; never fails.</summary>
    public Task<RecordedPoints> Recorded => _recorded.Task;

    public void Settle(int index, ReadOnlySpan<PointFate> fates)
    {
        fates.CopyTo(_fates.AsSpan(index));
        Close(fates.Length);
    }

    public void Fail(int index, Exception fault)
    {
        lock (_failed)
        {
            _failed.Add(new(index, fault));
        }

        Close(1);
    }

    private void Close(int points)
    {
        if (Interlocked.Add(ref _open, -points) == 0)
        {
            _recorded.TrySetResult(new(ImmutableCollectionsMarshal.AsImmutableArray(_fates), [.. _failed]));
        }
    }
}
