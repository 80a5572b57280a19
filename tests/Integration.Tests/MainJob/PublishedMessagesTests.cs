using System.Text;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;
using TomOrleans.Testing;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>What Hermes really published, and bytes that nobody should, through the real silo.</summary>
public sealed class PublishedMessagesTests
{
    private const string Topic = "hermes.test";

    /// <summary>Published by the real service on a name that no Kafka topic can have here.</summary>
    private const string IllegalTopicCase = "top-topic-spaces";

    /// <summary>date_obs of 01/07/2026, 2026, "... PST" and 61_222.1; a brightness of Infinity; an error of -0.1.</summary>
    private const int UnreadableRows = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly byte[][] Broken =
    [
        [],
        "{\"title\": \"cut off"u8.ToArray(),
        [0xff, 0xfe, 0x00, 0x01],
        "{\"title\": \"x\", \"topic\": \"t\", \"submitter\": \"s\", \"data\": {\"photometry\": 5}}"u8.ToArray(),
        "not json at all"u8.ToArray(),
    ];

    [Fact]
    public async Task Every_message_that_Hermes_published_and_broken_bytes_end_in_points_reasons_and_balanced_books()
    {
        var file = SharedData.Find("hermes/cases.jsonl");
        Assert.SkipUnless(file.Path is not null, file.Reason ?? "");
        var published = Cases(file.Path!).ToArray();
        Assert.Equal(90, published.Length);

        using var scene = await Scene.CreateAsync(Topic, partitions: 1);
        using (var producer = new StreamProducer(new Dictionary<string, string> { ["bootstrap.servers"] = scene.Kafka.BootstrapServers }))
        {
            foreach (var message in published)
            {
                await producer.PublishAsync(Topic, new OutgoingRecord { Value = message.Value, Headers = message.Headers });
            }

            foreach (var bytes in Broken)
            {
                await producer.PublishAsync(Topic, new OutgoingRecord { Value = bytes, Headers = TestMessages.HopHeaders(Guid.NewGuid(), "mischief") });
            }
        }

        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        var total = published.Length + Broken.Length;
        var status = await client.StatusWhenAsync(
            seen => Scene.BooksOf(seen, Topic, "hermes") is { InFlight: 0 } found && found.Consumed == total, "all messages judged", Limit);

        var books = Scene.BooksOf(status, Topic, "hermes")!;
        var withoutData = published.Count(message => !message.HasData);
        var points = await Scene.CountPhotometryAsync(scene.DataFolder);

        // 80 rows. 6 cannot be read for certain; the others are 23 values of 18 measurements, and two of their target names share one position, which makes them one target here.
        Assert.Equal(
            (withoutData, UnreadableRows + Broken.Length, published.Length - withoutData - UnreadableRows, (22L, 17L)),
            (books.Ignored, books.Parked, books.Handled, points));
        Assert.Equal(books.Consumed, books.Handled + books.Ignored + books.Parked + books.Dropped + books.InFlight);

        var parked = await client.AsAdmin(grains => grains.Parked().ListAsync(new ParkedQuery { Handler = "hermes" }));
        Assert.Equal(books.Parked, parked.Total);
        foreach (var telling in (string[])["01/07/2026", "2026-07-01T03:04:05 PST", "61_222.1", "Infinity", "-0.1"])
        {
            Assert.Contains(parked.Messages, message => message.Faults.Any(fault => fault.ToString().Contains(telling, StringComparison.Ordinal)));
        }

        Assert.All(parked.Messages, message => Assert.False(string.IsNullOrWhiteSpace(message.Reason)));
    }

    private static IEnumerable<Published> Cases(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.GetProperty("id").GetString() == IllegalTopicCase)
            {
                continue;
            }

            if (document.RootElement.GetProperty("published") is not { ValueKind: JsonValueKind.Array } messages)
            {
                continue;
            }

            foreach (var message in messages.EnumerateArray())
            {
                var headers = message.GetProperty("headers");
                var value = message.GetProperty("value_text").GetString()!;
                yield return new(
                    Encoding.UTF8.GetBytes(value),
                    [.. message.GetProperty("header_order").EnumerateArray().Select(name => Header(name.GetString()!, headers.GetProperty(name.GetString()!).GetString()!))],
                    value.Contains("\"photometry\": [{", StringComparison.Ordinal) || value.Contains("\"flux\": [", StringComparison.Ordinal));
            }
        }
    }

    private static KeyValuePair<string, byte[]> Header(string name, string text) =>
        new(name, name == "_id" ? Guid.Parse(text).ToByteArray(bigEndian: true) : Encoding.UTF8.GetBytes(text));

    private sealed record Published(byte[] Value, KeyValuePair<string, byte[]>[] Headers, bool HasData);
}
