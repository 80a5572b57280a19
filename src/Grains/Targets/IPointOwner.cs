using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>Waits for the fates of points that it numbers.</summary>
internal interface IPointOwner
{
    /// <summary>Points that follow each other have their fates, durably.</summary>
    /// <param name="index">The number of the first; the others follow.</param>
    /// <param name="fates">One a point.</param>
    void Settle(int index, ReadOnlySpan<PointFate> fates);

    void Fail(int index, Exception fault);
}
