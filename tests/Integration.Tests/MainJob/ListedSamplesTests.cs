using System.Globalization;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;
using TomOrleans.Testing;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>Messages of every source that others made, through the real silo: each ends with its framing and a fate, and none disturbs the next.</summary>
public sealed class ListedSamplesTests : IDisposable
{
    private const string Topic = "samples";

    /// <summary>The embedded broker keeps 5 MiB a partition.</summary>
    private const int Partitions = 8;

    private const string ExternalUrl = "https://example.org/large/1";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-formats-");

    [Fact]
    public async Task Every_sample_ends_with_its_framing_and_its_fate()
    {
        var data = SharedData.Find(".");
        Assert.SkipUnless(data.Path is not null, data.Reason ?? "");
        var journal = Path.Combine(_folder.FullName, "formats");
        using var scene = await Scene.CreateAsync(
            Topic,
            Partitions,
            handlers: new object[] { new { HANDLER = "hermes", CREATE_TARGETS = "always" }, new { HANDLER = "formats", JOURNAL = journal } },
            plugins: [Programs.Test("FaultHandlers")]);
        var expected = await PublishAsync(scene, data.Path!);

        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        var status = await client.StatusWhenAsync(
            seen => All(Scene.BooksOf(seen, Topic, "hermes"), expected.Count) && All(Scene.BooksOf(seen, Topic, "formats"), expected.Count), "all samples judged", Limit);

        var books = Scene.BooksOf(status, Topic, "hermes")!;
        var fates = expected.Values.GroupBy(sample => sample.Fate).ToDictionary(group => group.Key, group => group.LongCount());
        Assert.Equal((fates.GetValueOrDefault("handled"), fates["ignored"], fates["parked"]), (books.Handled, books.Ignored, books.Parked));

        var parked = await client.AsAdmin(grains => grains.Parked().ListAsync(new ParkedQuery { Handler = "hermes" }));
        Assert.Equal(
            expected.Where(pair => pair.Value.Fate == "parked").Select(pair => pair.Value.File).Order(),
            parked.Messages.Select(message => expected[(message.Location.Partition, message.Location.Offset)].File).Order());

        // A faulty message is parked before any handler sees it; its framing is in what was kept.
        var formats = await FormatsAsync(journal);
        foreach (var message in parked.Messages)
        {
            var detail = await client.AsAdmin(grains => grains.Parked().GetAsync(message.Id));
            formats[(message.Location.Partition, message.Location.Offset)] = detail.Format.ToString()!;
            Assert.False(string.IsNullOrWhiteSpace(detail.Text));
        }

        Assert.Equal(
            expected.Select(pair => (pair.Value.File, pair.Value.Format)).Order(),
            formats.Select(pair => (expected[pair.Key].File, pair.Value)).Order());

        var external = parked.Messages.Single(message => message.Reason.Contains(ExternalUrl, StringComparison.Ordinal));
        var (exitCode, shown, _) = await scene.Console.RunAsync("parked", "show", external.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, exitCode);
        Assert.Contains("external message", shown, StringComparison.Ordinal);
        Assert.Contains($"\"url\": \"{ExternalUrl}\"", shown, StringComparison.Ordinal);
    }

    /// <summary>The listed files, and two messages of our own of framings that no file has. By their place.</summary>
    private static async Task<Dictionary<(int Partition, long Offset), ListedSample>> PublishAsync(Scene scene, string folder)
    {
        using var producer = new StreamProducer(new Dictionary<string, string>
        {
            ["bootstrap.servers"] = scene.Kafka.BootstrapServers,
            ["message.max.bytes"] = "4000000",
        });
        var external = new OutgoingRecord { Value = Encoding.UTF8.GetBytes($"{{\"url\": \"{ExternalUrl}\"}}"), Headers = [new("_format", "external"u8.ToArray())] };
        var keyed = new OutgoingRecord
        {
            Key = """{"type": "record", "name": "alert", "fields": [{"name": "id", "type": "long"}]}"""u8.ToArray(),
            Value = [0xFE, 0x01],
        };
        (ListedSample Sample, OutgoingRecord Record)[] messages =
        [
            .. ListedSample.All.Select(sample => (sample, new OutgoingRecord { Value = File.ReadAllBytes(Path.Combine(folder, sample.File)) })),
            (new("own external message", "External", "parked"), external),
            (new("own record with its schema in the key", "AvroDatum", "ignored"), keyed),
        ];
        var receipts = await Task.WhenAll(messages.Select((message, i) => producer.PublishAsync(Topic, message.Record with { Partition = i % Partitions })));
        return messages.Zip(receipts).ToDictionary(pair => (pair.Second.Partition.Partition, pair.Second.Offset), pair => pair.First.Sample);
    }

    private static bool All(Books? books, int count) => books is { InFlight: 0 } && books.Consumed == count;

    private static async Task<Dictionary<(int Partition, long Offset), string>> FormatsAsync(string journal)
    {
        var formats = new Dictionary<(int, long), string>();
        foreach (var line in await File.ReadAllLinesAsync(journal))
        {
            var cells = line.Split(' ');
            formats[(int.Parse(cells[0], CultureInfo.InvariantCulture), long.Parse(cells[1], CultureInfo.InvariantCulture))] = cells[2];
        }

        return formats;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
