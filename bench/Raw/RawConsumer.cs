using System.Text.Json;
using Confluent.Kafka;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Streams.Kafka;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Bench.Raw;

/// <summary>
/// Confluent's consumer in a loop, with the very properties that <see cref="StreamConsumer"/> gives librdkafka; nothing is stored but offsets. Timed from the first message to
/// the last.
/// </summary>
internal static class RawConsumer
{
    private const int StoreEvery = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>R0: bytes that nobody looks at.</summary>
    public static Contender Bytes(LoadTopic load, StreamSettings settings) => new(
        "R0: raw consumer, bytes", "R0", () => RunAsync(load, settings, Deserializers.ByteArray, value => value.Length));

    /// <summary>R1: records by System.Text.Json, source-generated.</summary>
    public static Contender Json(LoadTopic load, StreamSettings settings) => new(
        "R1: raw consumer + System.Text.Json", "R1",
        () => RunAsync(load, settings, Deserializers.ByteArray, Deserialize, load.Rows));

    /// <summary>R3: Utf8JsonReader inside the deserializer, interned words.</summary>
    public static Contender Lean(LoadTopic load, StreamSettings settings) => new(
        "R3: raw consumer, Utf8JsonReader in the deserializer", "R3",
        () => RunAsync(load, settings, new LeanHermes(), rows => rows.Length, load.Rows));

    private static int Deserialize(byte[] value) => JsonSerializer.Deserialize(value, HermesJson.Default.HermesWireMessage)!.Data.Photometry.Count;

    private static Task<Measurement> RunAsync<T>(LoadTopic load, StreamSettings settings, IDeserializer<T> deserializer, Func<T, int> use, long? expected = null) =>
        Task.Factory.StartNew(() => Run(load, settings, deserializer, use, expected), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Measurement Run<T>(LoadTopic load, StreamSettings settings, IDeserializer<T> deserializer, Func<T, int> use, long? expected)
    {
        var properties = ClientProperties.Of(settings with { GroupId = $"raw-{Guid.NewGuid():N}" }, new TopicPatterns(settings.Topics), out _);
        using var consumer = new ConsumerBuilder<Ignore, T>(properties)
            .SetValueDeserializer(deserializer)
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) => partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)))
            .Build();
        consumer.Subscribe(load.Name);
        Meter? start = null;
        var used = 0L;
        for (var read = 0L; read < load.Messages;)
        {
            var result = consumer.Consume(Patience)
                ?? throw new BenchException($"The raw consumer got {read:N0} of {load.Messages:N0} messages and then nothing for {Patience.TotalSeconds} s.");
            if (result.IsPartitionEOF)
            {
                continue;
            }

            start ??= Meter.Read();
            used += use(result.Message.Value);
            if (++read % StoreEvery == 0)
            {
                consumer.StoreOffset(result);
            }
        }

        var measured = start!.Until(Meter.Read(), load.Messages);
        consumer.Close();
        return expected is null || used == expected ? measured : throw new BenchException($"The raw consumer found {used:N0} photometry rows of {expected:N0}.");
    }
}
