using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Alerts;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Toms;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Verbs;

/// <summary>The way of a message, cut short after each stage: what a stage costs is the difference to the one before.</summary>
internal static class Stages
{
    public static IEnumerable<Contender> Of(LoadTopic load, StreamSettings settings, MemoryTom tom) =>
    [
        new("stage 1: consumer and pump", "stage 1", () => BenchTom.IngestAsync(settings, new EmptySink(), load.Messages, NullLoggerFactory.Instance)),
        new("stage 2: + decoded", "stage 2", () => BenchTom.IngestAsync(settings, new EmptySink(Decode), load.Messages, NullLoggerFactory.Instance)),
        tom.Contender("stage 3: + worker, a handler that filters, cursors", "stage 3", _ => [new() { Id = FilterHandlerGrain.Name, Name = FilterHandlerGrain.Name }]),
        tom.Contender("stage 4: + grouped by target, TargetGrains called, which remember each point but keep none", "stage 4", hermes => [hermes], keepPoints: false),
    ];

    /// <summary>What the partition's worker does first.</summary>
    private static void Decode(StreamBatch batch)
    {
        var partition = new TopicPartitionName(new("bench", batch.Partition.Topic), batch.Partition.Partition);
        var alerts = new Alert[batch.Records.Count];
        for (var i = 0; i < alerts.Length; i++)
        {
            var record = batch.Records[i];
            var headers = MessageHeaders.OfPacked(record.Headers.Names, record.Headers.Packed);
            alerts[i] = MessageDecoder.Decode(new(record.Offset, record.TimestampMicroseconds, record.Key, record.Value, headers), partition);
        }
    }
}
