using System.Collections.Immutable;

namespace TomOrleans.Targets;

/// <summary>An object on the sky that the TOM follows.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-view")]
public sealed record Target
{
    /// <summary>Below 2^53, so that it survives JavaScript.</summary>
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>[deg, ICRS]; null when unknown.</summary>
    [Id(3)] public double? RightAscensionDegrees { get; init; }

    /// <summary>[deg, ICRS]; null when unknown.</summary>
    [Id(4)] public double? DeclinationDegrees { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(5)] public required long CreatedMicroseconds { get; init; }

    /// <summary>Who or what made it: a handler, a person's token.</summary>
    [Id(6)] public required string CreatedBy { get; init; }

    /// <summary>Number of measurements, revisions not counted.</summary>
    [Id(7)] public required long Points { get; init; }

    /// <summary>Time of the latest measurement's light [us since 1970, UTC]; null without points.</summary>
    [Id(8)] public long? LatestMicroseconds { get; init; }

    /// <summary>The latest measurement; null without points.</summary>
    [Id(9)] public PhotometryPoint? Latest { get; init; }

    [Id(10)] public TargetType Type { get; init; }

    /// <summary>Null where nothing is stated.</summary>
    [Id(11)] public Astrometry? Astrometry { get; init; }

    /// <summary>Null for a sidereal target.</summary>
    [Id(12)] public OrbitalElements? Elements { get; init; }

    /// <summary>Free fields, in the order in which they were added.</summary>
    [Id(13)] public ImmutableArray<TargetExtra> Extras { get; init; } = [];

    /// <summary>The lists it is in, by name.</summary>
    [Id(14)] public ImmutableArray<TargetListName> Lists { get; init; } = [];

    /// <summary>When somebody last changed the target itself (not its points) [us since 1970, UTC].</summary>
    [Id(15)] public long ModifiedMicroseconds { get; init; }

    /// <summary>Who did.</summary>
    [Id(16)] public string ModifiedBy { get; init; } = "";

    /// <summary>The number of each alias among the target's names, in the order of <see cref="Aliases"/>: stays while the alias does.</summary>
    [Id(17)] public ImmutableArray<int> AliasOrdinals { get; init; } = [];
}
