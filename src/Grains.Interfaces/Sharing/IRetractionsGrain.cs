using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Sharing;

/// <summary>
/// Messages that others withdrew: what they brought is marked here, and known is where this TOM had passed it on. For the whole cluster; key 0.
/// </summary>
[Alias("tom.retractions")]
public interface IRetractionsGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<RetractionPage> ListAsync(int limit, int offset);

    /// <summary>
    /// Asks the archives of the Hermes destinations what was withdrawn of the topics that are read here. Returns at once; each silo asks for it every minute, and what comes sooner than it is due
    /// does nothing. Safe to repeat.
    /// </summary>
    [Alias("look")]
    Task LookAsync();
}

[GenerateSerializer, Immutable, Alias("tom.retraction-page")]
public sealed record RetractionPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<Retraction> Retractions);

/// <summary>A message that was withdrawn.</summary>
[GenerateSerializer, Immutable, Alias("tom.retraction")]
public sealed record Retraction
{
    [Id(0)] public required Guid MessageId { get; init; }

    /// <summary>When we heard of it [us since 1970, UTC].</summary>
    [Id(1)] public required long FoundMicroseconds { get; init; }

    /// <summary>The destination whose archive says so.</summary>
    [Id(2)] public required string Destination { get; init; }
    [Id(3)] public required string Topic { get; init; }

    /// <summary>May hold what came from outside, as the sender.</summary>
    [Id(4)] public required string Title { get; init; }
    [Id(5)] public string? Sender { get; init; }

    /// <summary>Values and spectra that are marked as retracted since.</summary>
    [Id(6)] public required int Points { get; init; }
    [Id(7)] public required int Spectra { get; init; }

    /// <summary>Shares by which this TOM had passed them on.</summary>
    [Id(8)] public required ImmutableArray<PassedOn> Shares { get; init; }
}

/// <summary>A share that holds something withdrawn.</summary>
/// <param name="ShareId">The share.</param>
/// <param name="Destination">Where it went.</param>
/// <param name="Topic">Null for none.</param>
/// <param name="IsOpen">It stands there still: it was not retracted.</param>
[GenerateSerializer, Immutable, Alias("tom.passed-on")]
public readonly record struct PassedOn([property: Id(0)] long ShareId, [property: Id(1)] string Destination, [property: Id(2)] string? Topic, [property: Id(3)] bool IsOpen);
