using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Sharing;

/// <summary>Standing orders to share. Stateless; key 0. They work by their tables alone: no grain has to be awake for a new point to be shared.</summary>
[Alias("tom.continuous-shares")]
public interface IContinuousSharesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Orders that every new value of the points of a target, or of all targets in a list, goes to a destination. When it returns the order is durable, and no value stored from then on is missed; each is shared once. Not
    /// twice for the same target, destination and topic. Throws <see cref="TomException"/>: <see cref="TomFault.NotFound"/> for an unknown target, list or destination,
    /// <see cref="TomFault.Invalid"/> for a topic or target that can never be shared, <see cref="TomFault.Conflict"/> where there is such an order already.
    /// </summary>
    [Alias("add"), AllowRole(TomRole.Sharer)]
    Task<ContinuousShare> AddAsync(ContinuousShareRequest request);

    /// <summary>Oldest first.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<ContinuousShare>> ListAsync(ContinuousShareQuery query);

    /// <summary>
    /// Ends an order. What waits for its next share is not shared any more; shares that are queued or sent stay. The order as it was. Throws <see cref="TomException"/>
    /// (<see cref="TomFault.NotFound"/>).
    /// </summary>
    [Alias("remove"), AllowRole(TomRole.Sharer)]
    Task<ContinuousShare> RemoveAsync(long id);
}

[GenerateSerializer, Immutable, Alias("tom.continuous-share-request")]
public sealed record ContinuousShareRequest
{
    /// <summary>Name or alias of the target; empty for the order of a list.</summary>
    [Id(0)] public required string Target { get; init; }
    [Id(1)] public required string Destination { get; init; }

    /// <summary>Hermes, Kafka: the topic to publish on. Null where a destination has no topics.</summary>
    [Id(2)] public string? Topic { get; init; }

    /// <summary>True to share what the target has already, too: what was not shared there before.</summary>
    [Id(3)] public bool Existing { get; init; }

    /// <summary>Name of a list: all targets that are in it when a value comes. Null for the order of one target.</summary>
    [Id(4)] public string? List { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.continuous-share-query")]
public sealed record ContinuousShareQuery
{
    /// <summary>Null for all.</summary>
    [Id(0)] public string? Destination { get; init; }

    /// <summary>Name or alias of a target, whether it is shared by itself or by its lists; null for all.</summary>
    [Id(1)] public string? Target { get; init; }
}

/// <summary>A standing order: every new value of the target's points goes to the destination.</summary>
[GenerateSerializer, Immutable, Alias("tom.continuous-share")]
public sealed record ContinuousShare
{
    [Id(0)] public required long Id { get; init; }

    /// <summary>Main name of the target; empty for the order of a list.</summary>
    [Id(1)] public required string Target { get; init; }
    [Id(2)] public required string Destination { get; init; }
    [Id(3)] public string? Topic { get; init; }
    [Id(4)] public required string CreatedBy { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(5)] public required long CreatedMicroseconds { get; init; }

    /// <summary>Values that went into shares so far; how those went is told by the shares.</summary>
    [Id(6)] public required long Shared { get; init; }

    /// <summary>Values that were not to be shared: came from there, shared there before, withdrawn, revised before they went out.</summary>
    [Id(7)] public required long LeftOut { get; init; }

    /// <summary>Values that wait for the next share.</summary>
    [Id(8)] public required long Waiting { get; init; }

    /// <summary>Name of the list whose targets are shared; null for the order of one target.</summary>
    [Id(9)] public string? List { get; init; }
}
