using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.MainJob;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.Kinds;

/// <summary>A pattern that takes very many topics, and a stream beside it that reads one of them too.</summary>
public sealed class ManyTopicsTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-many-");
    private readonly SiloPorts _ports = SiloPorts.Free();
    private KafkaProcess _kafka = null!;

    public async ValueTask InitializeAsync() => _kafka = await KafkaProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _kafka.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_hundred_topics_on_one_stream_are_read_and_joined_by_one_that_appears_later()
    {
        await using var silo = await StartAsync(100, new() { ["topic.metadata.refresh.interval.ms"] = "2000", ["session.timeout.ms"] = "2000" });
        await using var client = await TomClient.ConnectAsync(silo);
        Check(await AllReadAsync(client, 100));
        await LaterTopicAsync(client);
    }

    [Fact]
    public async Task A_topic_made_while_running_is_read_from_its_first_message_also_where_others_begin_at_their_end()
    {
        await using var silo = await StartAsync(2, [], start: "latest");
        await using var client = await TomClient.ConnectAsync(silo);
        await client.StatusWhenAsync(
            status => Of(status, "many") is { State: "connected" } many && many.Topics.Length == 2 && many.Topics.All(topic => topic.Partitions.All(partition => partition is { Waiting: null, Silo: not null })),
            "the first topics are read",
            Limit);

        await _kafka.CreateTopicAsync("survey.late", 2);
        using var producer = new StreamProducer(Producer);
        for (var number = 0; number < 10; number++)
        {
            await producer.PublishAsync("survey.late", Message with { Partition = number % 2 });
        }

        var status = await client.StatusWhenAsync(status => Scene.BooksOf(status, "survey.late", "log")?.Handled >= 10, "the topic that came later is read", TimeSpan.FromMinutes(1));
        Assert.Equal(10, Scene.BooksOf(status, "survey.late", "log")!.Consumed);
        Assert.Equal(0, Of(status, "many").Topics.Where(topic => topic.Name.Topic != "survey.late").Sum(topic => topic.Consumed));
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_thousand_topics_on_one_stream_are_read_cheap_to_watch_and_joined_by_one_that_appears_later()
    {
        await using var silo = await StartAsync(1_000, []);
        await using var client = await TomClient.ConnectAsync(silo);
        var watch = Stopwatch.StartNew();
        await AllReadAsync(client, 1_000);
        Say($"all read after {watch.Elapsed.TotalSeconds:F1} s");

        // What is measured is processor time in a given time, after the start is over.
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var used = silo.ProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        used = silo.ProcessorTime - used;
        watch.Restart();
        var answer = await client.StatusAsync();
        var took = watch.Elapsed;
        watch.Restart();
        var shown = await new TomConsole(_ports, await File.ReadAllTextAsync(Path.Combine(silo.DataFolder, "admin-token"))).RunAsync("status");
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Say($"tom status, the program and all, takes {watch.Elapsed.TotalMilliseconds:F0} ms for {shown.Output.Split('\n').Length} lines");
        Say($"idle: {used.TotalMilliseconds / 100:F1} % of a core; status answers in {took.TotalMilliseconds:F0} ms");
        Check(answer);
        Assert.True(took < TimeSpan.FromSeconds(2), $"status took {took}");
        Assert.True(used < TimeSpan.FromSeconds(2), $"{used} of processor time in 10 s");
        watch.Restart();
        await LaterTopicAsync(client);
        Say($"the later topic is read after {watch.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>A silo on so many topics, each with a message.</summary>
    private async Task<SiloProcess> StartAsync(int topics, Dictionary<string, string> librdkafka, string start = "earliest")
    {
        var names = Enumerable.Range(0, topics).Select(number => string.Create(CultureInfo.InvariantCulture, $"survey.t{number:D4}")).ToList();
        foreach (var name in names)
        {
            await _kafka.CreateTopicAsync(name, 1);
        }

        using var producer = new StreamProducer(Producer);
        await Task.WhenAll(names.Select(name => producer.PublishAsync(name, Message)));
        return await SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), _ports, await ConfigureAsync(librdkafka, start));
    }

    private static Task<TomStatus> AllReadAsync(TomClient client, int topics) => client.StatusWhenAsync(
        status => Of(status, "many").Topics.Sum(topic => topic.Consumed) == topics && Of(status, "second") is { Problems: not [] } second && second.Topics.Sum(topic => topic.Consumed) == 1,
        "a message of each topic is read, one by the second stream too, and the absent topic is told of",
        Limit);

    private static void Check(TomStatus status)
    {
        Assert.All(Of(status, "many").Topics, topic => Assert.All(topic.Partitions, partition => Assert.Null(partition.Waiting)));
        Assert.Equal(["topic nowhere does not exist"], Of(status, "second").Problems);
    }

    private async Task LaterTopicAsync(TomClient client)
    {
        await _kafka.CreateTopicAsync("survey.late", 1);
        using var producer = new StreamProducer(Producer);
        await producer.PublishAsync("survey.late", Message);
        await client.StatusWhenAsync(status => Scene.BooksOf(status, "survey.late", "log")?.Handled == 1, "the topic that came later is read", TimeSpan.FromMinutes(1));
    }

    private static StreamStatus Of(TomStatus status, string stream) => status.Streams.Single(found => found.Id == stream);

    private Dictionary<string, string> Producer => new() { ["bootstrap.servers"] = _kafka.BootstrapServers };

    private static OutgoingRecord Message => new() { Value = "{\"note\":\"one\"}"u8.ToArray() };

    private static void Say(string text) => TestContext.Current.SendDiagnosticMessage(text);

    private async Task<string> ConfigureAsync(Dictionary<string, string> librdkafka, string start)
    {
        object Stream(string id, object handlers) => new
        {
            NAME = "kafka",
            ID = id,
            OPTIONS = new { BOOTSTRAP_SERVERS = _kafka.BootstrapServers, START_POSITION = start, CONFIG = librdkafka, TOPIC_HANDLERS = handlers },
        };
        var configuration = new
        {
            TOM_NAME = "Many",
            ALERT_STREAMS = new[]
            {
                Stream("many", new Dictionary<string, object> { ["survey.*"] = "log" }),
                Stream("second", new Dictionary<string, object> { ["survey.t0007"] = new { HANDLER = "log", ID = "only" }, ["nowhere"] = "log" }),
            },
        };
        var file = Path.Combine(_folder.FullName, "tom.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(configuration));
        return file;
    }
}
