using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Notices;
using TomOrleans.Security;
using TomOrleans.Sharing;

namespace TomOrleans.Operations;

/// <summary>The TOM as a whole: what <c>tom status</c> shows. A stateless gatherer; key 0.</summary>
[Alias("tom.tom")]
public interface ITomGrain : IGrainWithIntegerKey
{
    [Alias("status"), AllowRole(TomRole.Reader)]
    Task<TomStatus> GetStatusAsync();
}

[GenerateSerializer, Immutable, Alias("tom.status")]
public sealed record TomStatus
{
    [Id(0)] public required string TomName { get; init; }
    [Id(1)] public required bool IsSandbox { get; init; }
    [Id(2)] public required ImmutableArray<SiloStatusRow> Silos { get; init; }
    [Id(3)] public required ImmutableArray<StreamStatus> Streams { get; init; }
    [Id(4)] public required long Targets { get; init; }
    [Id(5)] public required long Points { get; init; }
    [Id(6)] public required ImmutableArray<DestinationStatus> Destinations { get; init; }

    /// <summary>Those that are open, new ones first.</summary>
    [Id(7)] public ImmutableArray<Notice> Notices { get; init; } = [];
}

/// <param name="Name">The silo's name.</param>
/// <param name="Address">Orleans address, <c>ip:port</c>.</param>
/// <param name="State">Orleans' membership state, lower case: <c>active</c>, <c>joining</c>, <c>dead</c> ...</param>
/// <param name="Version">Version of the software it runs.</param>
[GenerateSerializer, Immutable, Alias("tom.silo-status")]
public sealed record SiloStatusRow(
    [property: Id(0)] string Name,
    [property: Id(1)] string Address,
    [property: Id(2)] string State,
    [property: Id(3)] string Version);
