using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.MainJob;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.SkyEvents;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.SkyEvents;

/// <summary>A topic of circulars and one of notices, their handlers, and what is produced to them in order.</summary>
internal sealed class SkyScene : IDisposable
{
    public const string Circulars = "gcn.circulars";
    public const string Notices = "gcn.notices";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, long> _produced = new(StringComparer.Ordinal) { [Circulars] = 0, [Notices] = 0 };

    private SkyScene(Scene scene)
    {
        Scene = scene;
        Producer = new(new Dictionary<string, string> { ["bootstrap.servers"] = scene.Kafka.BootstrapServers, ["message.max.bytes"] = "4000000" });
    }

    public Scene Scene { get; }

    private StreamProducer Producer { get; }

    public static async Task<SkyScene> CreateAsync()
    {
        var scene = await Scene.CreateAsync(Circulars, 1, new object[] { new { HANDLER = "archive", ARCHIVE = "30d" }, "gcn-circular", new { HANDLER = "hermes", CREATE_TARGETS = "always" } });
        scene.Kafka.CreateTopic(Notices, 1);
        var sky = new SkyScene(scene);
        await sky.ConfigureAsync(ignoreTest: true);
        return sky;
    }

    /// <summary>From the next start on.</summary>
    /// <param name="ignoreTest">Whether notices of tests are left out.</param>
    public async Task ConfigureAsync(bool ignoreTest)
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(Scene.ConfigFile))!;
        configuration["ALERT_STREAMS"]![0]!["OPTIONS"]!["TOPIC_HANDLERS"]![Notices] = JsonSerializer.SerializeToNode(new { HANDLER = "gcn-notice", IGNORE_TEST = ignoreTest });
        await File.WriteAllTextAsync(Scene.ConfigFile, configuration.ToJsonString());
    }

    /// <summary>Answers the message's offset.</summary>
    public Task<long> ProduceAsync(string topic, string value) => ProduceAsync(topic, Encoding.UTF8.GetBytes(value));

    public async Task<long> ProduceAsync(string topic, byte[] value)
    {
        _produced[topic]++;
        return (await Producer.PublishAsync(topic, new OutgoingRecord { Value = value, Partition = 0 })).Offset;
    }

    /// <summary>The books of the handlers of circulars and of notices, when all that was produced has its fate.</summary>
    /// <param name="client">Of the silo that reads.</param>
    /// <param name="again">How much of it was read again by both.</param>
    public async Task<(Books Circulars, Books Notices)> SettledAsync(TomClient client, int again = 0)
    {
        bool IsDone(Books? books, string topic) => books is { InFlight: 0, Behind: 0 } && books.Consumed == _produced[topic] * (again + 1);
        var status = await client.StatusWhenAsync(
            seen => IsDone(Scene.BooksOf(seen, Circulars, "gcn-circular"), Circulars) && IsDone(Scene.BooksOf(seen, Notices, "gcn-notice"), Notices), "all circulars and notices judged", Limit);
        return (Scene.BooksOf(status, Circulars, "gcn-circular")!, Scene.BooksOf(status, Notices, "gcn-notice")!);
    }

    public static Task<SkyEventPage> ListAsync(TomClient client, SkyEventQuery? query = null) => client.AsAdmin(grains => grains.SkyEvents().ListAsync(query ?? new() { Limit = 1_000 }));

    public static Task<SkyEventDetail> GetAsync(TomClient client, string id, int? version = null) => client.AsAdmin(grains => grains.SkyEvents().GetAsync(id, version));

    public void Dispose()
    {
        Producer.Dispose();
        Scene.Dispose();
    }
}
