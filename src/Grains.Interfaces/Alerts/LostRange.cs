namespace TomOrleans.Alerts;

/// <summary>Messages of a partition that a handler never saw.</summary>
/// <param name="Handler">The handler's id in its topic.</param>
/// <param name="Partition">Which.</param>
/// <param name="First">The offset where it stood.</param>
/// <param name="Last">The last one that the broker had thrown away; null where the topic was deleted and made again: nobody knows how many there were.</param>
/// <param name="NotedMicroseconds">When that was found [us since 1970, UTC].</param>
[GenerateSerializer, Immutable, Alias("tom.lost-range")]
public sealed record LostRange(
    [property: Id(0)] string Handler,
    [property: Id(1)] int Partition,
    [property: Id(2)] long First,
    [property: Id(3)] long? Last,
    [property: Id(4)] long NotedMicroseconds);
