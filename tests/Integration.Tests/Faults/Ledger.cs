using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using TomOrleans.Integration.Tests.MainJob;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>A message that was produced, and acknowledged by the broker.</summary>
/// <param name="Id">Its header <c>_id</c>.</param>
/// <param name="Number">Counts all messages in the order of producing.</param>
/// <param name="Key">Its target's name, which is its Kafka key.</param>
/// <param name="Point">Its one point as <see cref="Books.Points"/> has it; null for a poisoned message.</param>
public sealed record Produced(Guid Id, int Number, string Key, string? Point, string Topic, int Partition, long Offset);

/// <summary>Produces messages of one photometry point each and knows them all by id.</summary>
public sealed class Ledger(FaultBroker kafka) : IDisposable
{
    /// <summary>Stands in poisoned messages only. They are broken Hermes messages too, so that the hermes handler parks them.</summary>
    public const string Poison = "poisoned-by-the-test";

    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentQueue<Produced> _produced = new();
    private readonly StreamProducer _producer = new(new Dictionary<string, string>
    {
        ["bootstrap.servers"] = kafka.BootstrapServers,
        ["message.timeout.ms"] = "120000",
        ["message.max.bytes"] = "6000000",
    });
    private int _count;

    public int Targets { get; init; } = 50;

    public IReadOnlyCollection<Produced> All => _produced;

    public int Count => _produced.Count;

    /// <summary>The points that have to be stored, in the order of their texts.</summary>
    public IReadOnlyList<string> Points => [.. _produced.Select(message => message.Point).OfType<string>().Order(StringComparer.Ordinal)];

    public IReadOnlyCollection<Produced> Poisoned => [.. _produced.Where(message => message.Point is null)];

    /// <summary>Returns when the broker has acknowledged them all.</summary>
    /// <param name="poisonEvery">Each so-manieth message is poisoned; 0 for none.</param>
    /// <param name="size">About so many bytes a message; 0 for as few as it needs.</param>
    public async Task ProduceAsync(string topic, int count, int poisonEvery = 0, int? partition = null, int size = 0) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ProduceOneAsync(topic, Interlocked.Increment(ref _count), poisonEvery, partition, size)));

    public void Dispose() => _producer.Dispose();

    private async Task ProduceOneAsync(string topic, int number, int poisonEvery, int? partition, int size)
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"AT 2026t{number % Targets:D3}");
        var time = Start.AddSeconds(number);
        var magnitude = 15 + (number % 500 / 100.0);
        var isPoison = poisonEvery > 0 && number % poisonEvery == 0;
        var id = Guid.NewGuid();
        var value = isPoison ? Encoding.UTF8.GetBytes($"{{\"title\": \"{Poison}") : TestMessages.Hermes(target, number % Targets, time, magnitude);
        if (size > value.Length)
        {
            value = Padded(value, size);
        }

        var receipt = await _producer.PublishAsync(topic, new OutgoingRecord
        {
            Key = Encoding.UTF8.GetBytes(target),
            Value = value,
            Headers = TestMessages.HopHeaders(id, "survey-robot"),
            Partition = partition,
        });
        var point = isPoison ? null : string.Create(CultureInfo.InvariantCulture, $"{target} {time.ToUnixTimeSeconds()} {magnitude:F2}");
        _produced.Enqueue(new(id, number, target, point, topic, receipt.Partition.Partition, receipt.Offset));
    }

    /// <summary>Blanks in front, which mean nothing to JSON.</summary>
    private static byte[] Padded(byte[] value, int size)
    {
        var padded = new byte[size];
        padded.AsSpan().Fill((byte)' ');
        value.CopyTo(padded, size - value.Length);
        return padded;
    }
}
