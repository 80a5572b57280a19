using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using Confluent.Kafka;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Raw;
using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Bench.Load;

/// <summary>
/// Fills a topic with simulated messages and makes sure that the broker has them all: the embedded one keeps 5 MiB a partition and says nothing about the rest, so the load
/// is spread over many partitions, at random, and compressed in large batches.
/// </summary>
internal sealed class LoadFiller(KafkaBroker broker, int partitions)
{
    public const int UsualPartitions = 64;
    private const ulong Seed = 20260701;
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<LoadTopic> FillAsync(string topic, long messages, int targets)
    {
        await broker.CreateTopicAsync(topic, partitions);
        var sky = SkyOf(targets);
        var points = new HashSet<ulong>();
        var rows = 0L;
        var bytes = 0L;
        using (var producer = new Feed(broker.BootstrapServers, Linger))
        {
            foreach (var message in sky.Messages(messages, topic))
            {
                producer.Send(message, new Partition(PartitionOf(message.Id)));
                bytes += message.Value.Length;
                foreach (var row in JsonSerializer.Deserialize(message.Value.Span, HermesJson.Default.HermesWireMessage)!.Data.Photometry)
                {
                    rows++;
                    points.Add(KeyOf(row));
                }
            }

            producer.Finish();
        }

        Check(topic, messages);
        return new() { Name = topic, Partitions = partitions, Messages = messages, Rows = rows, Points = points.Count, ValueBytes = bytes, Targets = sky.Targets };
    }

    /// <summary>The sky that a load is of: the same each time, in any process.</summary>
    public static SimulatedLoad SkyOf(int targets) => new(Seed, targets, Start);

    private int PartitionOf(Guid id) => (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in id))) % (ulong)partitions);

    /// <summary>What makes a row this measurement and no other, in the words of the wire.</summary>
    private static ulong KeyOf(HermesWireRow row) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(
        $"{row.TargetName}\n{row.Telescope}\n{row.Instrument}\n{row.DateObs:O}\n{row.Bandpass}\n{row.Brightness is null}".AsSpan()));

    private void Check(string topic, long messages)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = "bench-check" })
            .SetLogHandler((_, _) => { }).Build();
        var kept = Enumerable.Range(0, partitions)
            .Select(partition => consumer.QueryWatermarkOffsets(new(topic, partition), Patience))
            .Sum(marks => marks.High.Value - marks.Low.Value);
        if (kept != messages)
        {
            throw new BenchException($"The broker kept {kept:N0} of {messages:N0} messages of {topic}: fewer messages or more partitions are needed.");
        }
    }
}
