using Orleans.Runtime.Placement;

namespace TomOrleans.Grains.Targets.Homes;

/// <summary>
/// Places targets at home. It stands behind Orleans' own placement by hash, whose choice by the remainder would move nearly all of them with every silo that comes or goes; silos of earlier versions know that
/// placement too, so that both work in one cluster.
/// </summary>
internal sealed class TargetHomeDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(HomeChoice.Of(target.GrainIdentity.GetIntegerKey(), context.GetCompatibleSilos(target)));
}
