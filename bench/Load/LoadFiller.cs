using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using Confluent.Kafka;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Raw;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Bench.Load;

/// <summary>
/// Fills a topic with simulated messages and makes sure that the broker has them all: the embedded one keeps 5 MiB a partition and says nothing about the rest, so the load
/// is spread over many partitions, at random, and compressed in large batches.
/// </summary>
internal sealed class LoadFiller(KafkaBroker broker)
{
    public const int Partitions = 64;
    private const ulong Seed = 20260701;
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<LoadTopic> FillAsync(string topic, long messages, int targets)
    {
        await broker.CreateTopicAsync(topic, Partitions);
        var sky = new SimulatedLoad(Seed, targets, Start);
        var points = new HashSet<ulong>();
        var rows = 0L;
        var bytes = 0L;
        using (var producer = new Feed(broker.BootstrapServers))
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
        return new() { Name = topic, Partitions = Partitions, Messages = messages, Rows = rows, Points = points.Count, ValueBytes = bytes, Targets = sky.Targets };
    }

    private static int PartitionOf(Guid id) => (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in id))) % Partitions);

    /// <summary>What makes a row this measurement and no other, in the words of the wire.</summary>
    private static ulong KeyOf(HermesWireRow row) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(
        $"{row.TargetName}\n{row.Telescope}\n{row.Instrument}\n{row.DateObs:O}\n{row.Bandpass}\n{row.Brightness is null}".AsSpan()));

    private void Check(string topic, long messages)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = "bench-check" })
            .SetLogHandler((_, _) => { }).Build();
        var kept = Enumerable.Range(0, Partitions)
            .Select(partition => consumer.QueryWatermarkOffsets(new(topic, partition), Patience))
            .Sum(marks => marks.High.Value - marks.Low.Value);
        if (kept != messages)
        {
            throw new BenchException($"The broker kept {kept:N0} of {messages:N0} messages of {topic}: fewer messages or more partitions are needed.");
        }
    }

    private sealed class Feed(string bootstrapServers) : IDisposable
    {
        private readonly IProducer<Null, byte[]> _producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            CompressionType = CompressionType.Lz4,
            EnableIdempotence = true,
            LingerMs = 500,
            QueueBufferingMaxMessages = 200_000,
            DeliveryReportFields = "none",
        }).SetLogHandler((_, _) => { }).Build();

        private volatile string? _fault;

        public void Send(HopMessage message, Partition partition)
        {
            var headers = new Headers();
            foreach (var (name, value) in message.Headers)
            {
                headers.Add(name, value);
            }

            var record = new Message<Null, byte[]> { Value = message.Value.ToArray(), Headers = headers };
            while (true)
            {
                try
                {
                    _producer.Produce(new TopicPartition(message.Topic, partition), record, report => _fault = report.Error.IsError ? report.Error.Reason : _fault);
                    return;
                }
                catch (ProduceException<Null, byte[]> exception) when (exception.Error.Code == Confluent.Kafka.ErrorCode.Local_QueueFull)
                {
                    _producer.Poll(TimeSpan.FromMilliseconds(10));
                }
            }
        }

        public void Finish()
        {
            var left = _producer.Flush(Patience);
            if (left > 0 || _fault is not null)
            {
                throw new BenchException($"The broker did not take all messages: {_fault ?? $"{left} are left"}");
            }
        }

        public void Dispose() => _producer.Dispose();
    }
}
