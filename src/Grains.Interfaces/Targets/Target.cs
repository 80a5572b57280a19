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
}
