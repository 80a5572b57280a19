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

    /// <summary>Looks at everything that can go wrong, in every silo, and says what to do. Changes nothing; takes up to half a minute.</summary>
    [Alias("check"), AllowRole(TomRole.Reader), ResponseTimeout("00:01:00")]
    Task<ImmutableArray<CheckResult>> CheckAsync();

    /// <summary>
    /// Has every silo take over its configuration file as it is now: streams, topics, handlers and destinations. All or nothing: where one silo's file has a fault, changes what counts only at a start, or differs
    /// from the others' where they must agree, none changes anything and the report has the reasons. Silos follow one after the other; no message is lost. Safe to repeat.
    /// </summary>
    /// <param name="dryRun">Only report what would change.</param>
    [Alias("reload"), AllowRole(TomRole.Admin), ResponseTimeout("00:10:00")]
    Task<ReloadReport> ReloadAsync(bool dryRun);
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

    /// <summary>What is not right in the cluster as a whole, one line each: silos that are lost, or differ in configuration or version.</summary>
    [Id(8)] public ImmutableArray<string> Problems { get; init; } = [];
}

/// <param name="Name">The silo's name.</param>
/// <param name="Address">Orleans address, <c>ip:port</c>.</param>
/// <param name="State">Orleans' membership state, lower case: <c>active</c>, <c>joining</c>, <c>dead</c> ...</param>
/// <param name="Version">Version of the software it runs; <c>unknown</c> where it did not answer in time.</param>
[GenerateSerializer, Immutable, Alias("tom.silo-status")]
public sealed record SiloStatusRow(
    [property: Id(0)] string Name,
    [property: Id(1)] string Address,
    [property: Id(2)] string State,
    [property: Id(3)] string Version)
{
    /// <summary>What it says of itself; null where it did not answer in time.</summary>
    [Id(4)] public SiloFacts? Facts { get; init; }
}
