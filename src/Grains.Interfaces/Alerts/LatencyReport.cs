using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>How long the messages of about the last minute took in one silo, over the partitions that it owns.</summary>
/// <param name="Handler">The handler's id in its topic.</param>
/// <param name="Counts">A histogram without its empty buckets.</param>
[GenerateSerializer, Immutable, Alias("tom.latency-report")]
public sealed record LatencyReport([property: Id(0)] string Handler, [property: Id(1)] ImmutableArray<LatencyCount> Counts);

/// <param name="Microseconds">Middle of the bucket, at most 3.2 % off [us].</param>
/// <param name="Messages">How many took so long.</param>
[GenerateSerializer, Immutable, Alias("tom.latency-count")]
public readonly record struct LatencyCount([property: Id(0)] long Microseconds, [property: Id(1)] long Messages);

/// <summary>
/// Time from a record's own time (the broker's or the producer's, as the topic is set up) to its durable fate with a handler, over the messages of about the last minute, to 3.2 %.
/// Old messages that are read late, or once more after a seek, count with their age.
/// </summary>
/// <param name="P50">Half of the messages took no longer [ms].</param>
/// <param name="P99">99 % of the messages took no longer [ms].</param>
[GenerateSerializer, Immutable, Alias("tom.handler-latency")]
public sealed record HandlerLatency([property: Id(0)] double P50, [property: Id(1)] double P99);
