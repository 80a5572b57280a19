using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace TomOrleans.Grains.Placement;

/// <summary>For grains of one silo: each lives in the silo that its key names.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("tom.own-silo-placement")]
public sealed class OwnSiloPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnSiloPlacementAttribute() : PlacementAttribute(new OwnSiloPlacement());

public static class OwnSiloPlacementHosting
{
    /// <summary>For a feature with a grain of that placement. Safe to repeat.</summary>
    public static ISiloBuilder AddOwnSiloPlacement(this ISiloBuilder silo) => silo.AddPlacementDirector<OwnSiloPlacement, OwnSiloPlacementDirector>();
}

internal sealed class OwnSiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var named = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(named)
            ? Task.FromResult(named)
            : throw new TomException(TomFault.Unavailable, $"The silo at {named.Endpoint} is not there any more.");
    }
}
