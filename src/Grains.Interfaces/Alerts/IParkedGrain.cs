using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Alerts;

/// <summary>The parked messages of the whole TOM. A stateless reader of their table; key 0.</summary>
[Alias("tom.parked")]
public interface IParkedGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<ParkedPage> ListAsync(ParkedQuery query);
}

[GenerateSerializer, Immutable, Alias("tom.parked-query")]
public sealed record ParkedQuery
{
    /// <summary>Topic name with or without its stream; null for all.</summary>
    [Id(0)] public string? Topic { get; init; }
    [Id(1)] public string? Handler { get; init; }
    [Id(2)] public int Limit { get; init; } = 100;
    [Id(3)] public int Offset { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.parked-page")]
public sealed record ParkedPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<ParkedMessage> Messages);

/// <summary>A message set aside for one handler, with all that is needed to try it again.</summary>
[GenerateSerializer, Immutable, Alias("tom.parked-message")]
public sealed record ParkedMessage
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required MessageLocation Location { get; init; }
    [Id(2)] public required string Handler { get; init; }

    /// <summary><c>parked</c> (waits for a person) or <c>retrying</c>.</summary>
    [Id(3)] public required string State { get; init; }
    [Id(4)] public required string Reason { get; init; }
    [Id(5)] public required ImmutableArray<RowFault> Faults { get; init; }
    [Id(6)] public required int Attempts { get; init; }

    /// <summary>When it was parked [us since 1970, UTC].</summary>
    [Id(7)] public required long ParkedMicroseconds { get; init; }

    /// <summary>Size of the kept value [bytes].</summary>
    [Id(8)] public required int Size { get; init; }
    [Id(9)] public Guid? MessageId { get; init; }
    [Id(10)] public string? Sender { get; init; }
}
