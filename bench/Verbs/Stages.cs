using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Toms;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Verbs;

/// <summary>The way of a message, cut short after each stage: what a stage costs is the difference to the one before.</summary>
internal static class Stages
{
    public static IEnumerable<Contender> Of(LoadTopic load, StreamSettings settings, MemoryTom tom) =>
    [
        new("stage 1: consumer and pump", "stage 1", () => BenchTom.IngestAsync(settings, new EmptySink(), load.Messages, NullLoggerFactory.Instance)),
        tom.Contender("stage 2: + worker, decoded", "stage 2", _ => []),
        tom.Contender("stage 3: + a handler that filters, with cursor", "stage 3", _ => [new() { Id = FilterHandlerGrain.Name, Name = FilterHandlerGrain.Name }]),
        tom.Contender("stage 4: + grouped by target, TargetGrains called, every point known", "stage 4", hermes => [hermes], replay: true),
    ];
}
