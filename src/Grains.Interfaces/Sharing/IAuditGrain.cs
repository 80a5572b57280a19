using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Sharing;

/// <summary>The record of who shared what where, and of what was ordered for it. Stateless; key 0.</summary>
[Alias("tom.sharing-audit")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Newest first. An order is in it from the moment that it is carried out, and for good. Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) for an unknown target.
    /// </summary>
    [Alias("list"), AllowRole(TomRole.Operator)]
    Task<AuditPage> ListAsync(AuditRequest request);
}

[GenerateSerializer, Immutable, Alias("tom.audit-request")]
public sealed record AuditRequest
{
    /// <summary>Not older than this [us since 1970, UTC]; null for all.</summary>
    [Id(0)] public long? SinceMicroseconds { get; init; }

    /// <summary>Name or alias of a target; null for all.</summary>
    [Id(1)] public string? Target { get; init; }

    /// <summary>Null for all.</summary>
    [Id(2)] public string? Destination { get; init; }
    [Id(3)] public int Limit { get; init; } = 100;
    [Id(4)] public int Offset { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.audit-page")]
public sealed record AuditPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<AuditEntry> Entries);

/// <summary>Something that somebody did about sharing.</summary>
[GenerateSerializer, Immutable, Alias("tom.audit-entry")]
public sealed record AuditEntry
{
    /// <summary>[us since 1970, UTC]</summary>
    [Id(0)] public required long AtMicroseconds { get; init; }

    /// <summary>Name of the caller's token; of a share that a continuous one made: <c>NAME (continuous 3)</c>.</summary>
    [Id(1)] public required string Who { get; init; }

    /// <summary>
    /// <c>share</c>, <c>retry</c>, <c>retry anyway</c>, <c>cancel</c>, <c>retract</c>, <c>pause</c>, <c>resume</c>, <c>continuous add</c> or <c>continuous remove</c>.
    /// </summary>
    [Id(2)] public required string Action { get; init; }
    [Id(3)] public required string Destination { get; init; }
    [Id(4)] public string? Topic { get; init; }

    /// <summary>Null where it is about no share.</summary>
    [Id(5)] public long? ShareId { get; init; }

    /// <summary>What is shared, as it was called then: a target, several, a list; empty for a destination as a whole.</summary>
    [Id(6)] public required string Target { get; init; }
    [Id(7)] public required int Points { get; init; }
    [Id(8)] public required int Spectra { get; init; }

    /// <summary>The share's title, the receipt of what was retracted, the number of a continuous share; may be empty.</summary>
    [Id(9)] public required string Detail { get; init; }

    /// <summary>How the share stands now; null where it is about none.</summary>
    [Id(10)] public ShareState? State { get; init; }
}
