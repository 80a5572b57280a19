using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Placement;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>The door of a silo for points from the others.</summary>
[GrainType("silo-targets"), OwnSiloPlacement, Reentrant]
public sealed class SiloTargetsGrain(TargetCalls targets) : Grain, ISiloTargetsGrain
{
    public Task<RecordedPoints> RecordPhotometryAsync(ImmutableArray<PointOfTarget> points) => targets.RecordHereAsync(points);
}
