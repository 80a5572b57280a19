using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>Waits for the fates of points that it numbers.</summary>
internal interface IPointOwner
{
    void Settle(int index, PointFate fate);

    void Fail(int index, Exception fault);
}
