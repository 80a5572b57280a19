using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>Finds targets by name, text or position. A stateless reader of the tables; key 0.</summary>
[Alias("tom.target-directory")]
public interface ITargetDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Finds the one target with this name or alias (case, blanks, <c>-</c>, <c>_</c> and brackets do not count). Throws <see cref="TomException"/>
    /// <see cref="TomFault.NotFound"/> (naming close ones).
    /// </summary>
    [Alias("find"), AllowRole(TomRole.Reader)]
    Task<Target> FindAsync(string name);

    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<TargetPage> ListAsync(TargetQuery query);
}

[GenerateSerializer, Immutable, Alias("tom.target-query")]
public sealed record TargetQuery
{
    /// <summary>Part of a name or alias; null for all.</summary>
    [Id(0)] public string? Text { get; init; }

    /// <summary>Only targets in this cone; null for the whole sky.</summary>
    [Id(1)] public Cone? Cone { get; init; }
    [Id(2)] public int Limit { get; init; } = 100;
    [Id(3)] public int Offset { get; init; }

    /// <summary>Newest light first when true; else by name.</summary>
    [Id(4)] public bool LatestFirst { get; init; }
}

/// <summary>A circle on the sky [deg, ICRS].</summary>
[GenerateSerializer, Immutable, Alias("tom.cone")]
public readonly record struct Cone(
    [property: Id(0)] double RightAscensionDegrees,
    [property: Id(1)] double DeclinationDegrees,
    [property: Id(2)] double RadiusDegrees);

[GenerateSerializer, Immutable, Alias("tom.target-page")]
public sealed record TargetPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<Target> Targets);
