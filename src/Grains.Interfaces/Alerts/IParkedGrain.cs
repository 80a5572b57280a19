using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Alerts;

/// <summary>The parked messages of the whole TOM, and what a person does with them. Holds no state of its own; key 0.</summary>
[Alias("tom.parked")]
public interface IParkedGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<ParkedPage> ListAsync(ParkedQuery query);

    /// <summary>One message with its headers and bytes; those that were handled or dropped since have none. Throws <see cref="TomFault.NotFound"/> for an unknown id.</summary>
    [Alias("get"), AllowRole(TomRole.Reader)]
    Task<ParkedDetail> GetAsync(long id);

    /// <summary>
    /// Sends messages through their handlers again, in order of offset within each partition and handler. When it returns, the new fate of each is durable, with its books.
    /// Two calls at once try a message once. At most a hundred messages a call: for the rest call again with <see cref="ParkedRetried.Next"/>. Repeating is safe.
    /// </summary>
    [Alias("retry"), AllowRole(TomRole.Operator), ResponseTimeout("00:10:00")]
    Task<ParkedRetried> RetryAsync(ParkedSelection selection);

    /// <summary>Gives messages up for good, with their bytes; reason and times stay. Durable when it returns; at most a hundred a call, as with retrying. Repeating is safe.</summary>
    [Alias("drop"), AllowRole(TomRole.Operator)]
    Task<ParkedDropped> DropAsync(ParkedSelection selection);
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

    /// <summary><c>parked</c> (waits for a person), <c>retrying</c> (is being tried, or will be by itself), <c>handled</c> (handled or ignored since) or <c>dropped</c>.</summary>
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

    /// <summary>When it is tried again by itself [us since 1970, UTC]; null where it waits for a person, or ended.</summary>
    [Id(11)] public long? NextTryMicroseconds { get; init; }

    /// <summary>When it was handled since, or dropped [us since 1970, UTC]; null while it waits.</summary>
    [Id(12)] public long? EndedMicroseconds { get; init; }
}
