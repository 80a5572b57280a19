using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Data.Sqlite;
using TomOrleans.Integration.Tests.MainJob;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.Sharing;

/// <summary>
/// Two TOMs, each a process of its own, that share all they have to each other continuously: on a topic of each and on one that both write to and read. One hears its measurements in microjansky
/// at Julian dates, the other in millijansky at ISO times.
/// </summary>
public sealed class TwoTomsTests : IAsyncDisposable
{
    private const int PointsOfEach = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly string[] Targets = ["AT 2026abc", "AT 2026xyz"];
    private static readonly string[] Topics = ["pipeline-a", "pipeline-b", "from-a", "from-b", "shared"];

    private readonly EmbeddedKafka _kafka = EmbeddedKafka.Start();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-two-");
    private readonly StreamProducer _producer;

    public TwoTomsTests()
    {
        foreach (var topic in Topics)
        {
            _kafka.CreateTopic(topic, partitions: 2);
        }

        _producer = new(new Dictionary<string, string> { ["bootstrap.servers"] = _kafka.BootstrapServers });
    }

    public ValueTask DisposeAsync()
    {
        _producer.Dispose();
        _kafka.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Both_are_complete_and_nothing_goes_round_or_is_doubled()
    {
        await using var a = await StartAsync("a", "b");
        await using var b = await StartAsync("b", "a");
        await using var clientA = await TomClient.ConnectAsync(a);
        await using var clientB = await TomClient.ConnectAsync(b);
        for (var i = 0; i < 2; i++)
        {
            await ProduceAsync(i);
        }

        await clientA.StatusWhenAsync(status => status.Points >= 2, "the first points in A", Limit);
        await clientB.StatusWhenAsync(status => status.Points >= 2, "the first points in B", Limit);
        await OrderAsync(clientA, "to-b", "from-a");
        await OrderAsync(clientB, "to-a", "from-b");
        for (var i = 2; i < PointsOfEach; i++)
        {
            await ProduceAsync(i);
        }

        await SettleAsync(clientA, clientB, measurements: 2 * PointsOfEach);
        await ProduceAsync(3, revision: 1);
        await SettleAsync(clientA, clientB, measurements: 2 * PointsOfEach);

        var (ofA, ofB) = (await PointsAsync("a"), await PointsAsync("b"));
        Assert.Equal(2 * PointsOfEach, ofA.Distinct().Count());
        Assert.Equal(ofA.Distinct(), ofB.Distinct());

        // Each measurement once, and the two that were revised twice: no value came back as a revision of itself.
        Assert.Equal((2 * PointsOfEach) + 2, ofA.Count);
        Assert.Equal((2 * PointsOfEach) + 2, ofB.Count);
        foreach (var topic in (string[])["from-a", "from-b", "shared"])
        {
            var sent = Sent(topic);
            Assert.Equal(sent.Distinct().Count(), sent.Count);
        }
    }

    private async Task<SiloProcess> StartAsync(string own, string other)
    {
        var file = Path.Combine(_folder.FullName, $"{own}.json");
        object always = new { HANDLER = "hermes", CREATE_TARGETS = "always" };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            TOM_NAME = $"TOM {own.ToUpperInvariant()}",
            DATA_SHARING = new Dictionary<string, object>
            {
                [$"to-{other}"] = new { KIND = "kafka", STREAM = "broker", CONTINUOUS_SECONDS = 0.3 },
            },
            ALERT_STREAMS = new[]
            {
                new
                {
                    NAME = "kafka",
                    ID = "broker",
                    OPTIONS = new
                    {
                        BOOTSTRAP_SERVERS = _kafka.BootstrapServers,
                        GROUP_ID = own,
                        START_POSITION = "earliest",
                        TOPIC_HANDLERS = new Dictionary<string, object> { [$"pipeline-{own}"] = always, [$"from-{other}"] = always, ["shared"] = always },
                    },
                },
            },
        }));
        return await SiloProcess.StartAsync(Path.Combine(_folder.FullName, own), SiloPorts.Free(), file);
    }

    private static async Task OrderAsync(TomClient client, string destination, string topic)
    {
        foreach (var target in Targets)
        {
            await client.AsAdmin(grains => grains.ContinuousShares().AddAsync(new() { Target = target, Destination = destination, Topic = topic, Existing = true }));
            await client.AsAdmin(grains => grains.ContinuousShares().AddAsync(new() { Target = target, Destination = destination, Topic = "shared", Existing = true }));
        }
    }

    /// <summary>The i-th measurement of each pipeline, in its own unit and its own text for the time.</summary>
    private async Task ProduceAsync(int i, int revision = 0)
    {
        var second = DateTimeOffset.Parse("2026-07-01T03:00:00Z", CultureInfo.InvariantCulture).AddSeconds(7 * i);
        var julian = ((second - DateTimeOffset.UnixEpoch).TotalDays + 2440587.5).ToString("R", CultureInfo.InvariantCulture);
        await ProduceAsync("pipeline-a", i, $"\"{julian}\"", 18_503.7 + i + (revision * 0.1), "uJy");
        await ProduceAsync("pipeline-b", i, $"\"{second:yyyy-MM-ddTHH:mm:ssZ}\"", 17.3 + (i * 0.001) + (revision * 0.0001), "mJy");
    }

    private Task<StreamReceipt> ProduceAsync(string topic, int i, string time, double brightness, string unit) => _producer.PublishAsync(topic, new()
    {
        Value = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
            {"title": "t", "topic": "{{{topic}}}", "submitter": "{{{topic}}}", "message_text": "", "authors": "", "data": {
              "targets": [{"name": "{{{Targets[i % 2]}}}", "ra": {{{10 + (40 * (i % 2))}}}, "dec": -5.5}],
              "photometry": [{"target_name": "{{{Targets[i % 2]}}}", "date_obs": {{{time}}}, "telescope": "1m0a", "bandpass": "g", "brightness": {{{brightness:R}}}, "brightness_error": 1e-3, "brightness_unit": "{{{unit}}}"}]}}
            """)),
    });

    /// <summary>Returns when nothing is left that could set anything in motion: all is read, nothing waits, nothing is being sent.</summary>
    private async Task SettleAsync(TomClient a, TomClient b, int measurements)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        using var end = new CancellationTokenSource(Limit);
        string standing;
        do
        {
            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"not settled within {Limit}: {await StandingAsync(a, "a", measurements)}; {await StandingAsync(b, "b", measurements)}");
            }

            var before = Topics.Sum(Written);
            standing = $"{await StandingAsync(a, "a", measurements)}{await StandingAsync(b, "b", measurements)}{(before == Topics.Sum(Written) ? "" : "something was written")}";
        }
        while (standing.Length > 0);
    }

    private async Task<string> StandingAsync(TomClient client, string own, int measurements)
    {
        var status = await client.StatusAsync();
        var orders = await client.AsAdmin(grains => grains.ContinuousShares().ListAsync(new()));
        var other = own == "a" ? "b" : "a";
        var unread = ((string[])[$"pipeline-{own}", $"from-{other}", "shared"]).Sum(topic => Written(topic) - Judged(status, topic));
        var (waiting, queued) = (orders.Sum(order => order.Waiting), status.Destinations.Sum(destination => destination.Queued));
        return status.Points == measurements && waiting == 0 && queued == 0 && unread == 0 ? "" : $"{own}: {status.Points} points, {waiting} wait, {queued} queued, {unread} unread. ";
    }

    private static long Judged(TomStatus status, string topic) =>
        Scene.BooksOf(status, topic, "hermes") is { } books ? books.Handled + books.Ignored + books.Parked : 0;

    private long Written(string topic)
    {
        using var consumer = Consumer();
        return Enumerable.Range(0, 2).Sum(partition => consumer.QueryWatermarkOffsets(new(topic, partition), TimeSpan.FromSeconds(10)).High.Value);
    }

    private IConsumer<byte[], byte[]> Consumer() =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = _kafka.BootstrapServers, GroupId = "test", EnablePartitionEof = true }).SetLogHandler((_, _) => { }).Build();

    /// <summary>Who sent which value, for each row on the topic.</summary>
    private List<string> Sent(string topic)
    {
        using var consumer = Consumer();
        consumer.Assign(Enumerable.Range(0, 2).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var (rows, ended) = (new List<string>(), 0);
        while (ended < 2)
        {
            var record = consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException($"{topic} could not be read");
            if (record.IsPartitionEOF)
            {
                ended++;
                continue;
            }

            using var message = JsonDocument.Parse(record.Message.Value);
            var sender = message.RootElement.GetProperty("submitter").GetString();
            var points = message.RootElement.GetProperty("data").GetProperty("extra_data").GetProperty("tom_orleans").GetProperty("points");
            rows.AddRange(points.EnumerateArray().Select(point => $"{sender} {point.GetString()}"));
        }

        return rows;
    }

    /// <summary>All stored values by what they are values of: target, origin, time.</summary>
    private async Task<List<string>> PointsAsync(string own)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, own, "tom.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.name || ' ' || o.text || ' ' || ((p.time_us + 500) / 1000) || ' ' || p.identity
            FROM photometry p JOIN target t ON t.id = p.target_id JOIN term o ON o.id = p.origin ORDER BY 1
            """;
        await using var reader = await command.ExecuteReaderAsync();
        var points = new List<string>();
        while (await reader.ReadAsync())
        {
            points.Add(reader.GetString(0));
        }

        return points;
    }
}
