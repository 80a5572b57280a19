using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>
/// A broker in a process of its own, one topic, a configuration with the handlers of the tests, what was produced, and a folder for all that outlives a silo.
/// </summary>
public sealed class FaultScene : IAsyncDisposable
{
    /// <summary>A given broker keeps topics beyond a run: there it is one of this process.</summary>
    public static readonly string Topic = FaultBroker.Given is null ? "alerts" : $"tom-test-{Environment.ProcessId}";

    public const string Group = "test";

    /// <summary>The slowest that anything here may be.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-fault-");
    private readonly SiloPorts _ports = SiloPorts.Free();
    private readonly string? _database;

    private FaultScene(FaultBroker kafka, string? dataFolder, string? database)
    {
        (Kafka, Ledger, _database) = (kafka, new(kafka), database);
        DataFolder = dataFolder ?? FileNamed("data");
    }

    public FaultBroker Kafka { get; }

    public Ledger Ledger { get; }

    public string DataFolder { get; }

    public TomConsole Console => new(_ports);

    /// <summary>The handler that stores the points.</summary>
    public static object Hermes { get; } = new { HANDLER = "hermes", CREATE_TARGETS = "always" };

    /// <summary>The handler that writes <see cref="Journal"/>.</summary>
    public object Recorder => new { HANDLER = "recorder", JOURNAL = Journal };

    public string Journal => FileNamed("journal");

    /// <param name="partitions">Of the topic.</param>
    /// <param name="handlers">Of the topic, as in TOPIC_HANDLERS.</param>
    /// <param name="dataFolder">Null for one in the scene's own folder.</param>
    /// <param name="database">Connection string of PostgreSQL; null for SQLite.</param>
    public static async Task<FaultScene> StartAsync(int partitions, Func<FaultScene, object[]> handlers, string? dataFolder = null, string? database = null)
    {
        var scene = new FaultScene(await FaultBroker.StartAsync(), dataFolder, database);
        await scene.Kafka.CreateTopicAsync(Topic, partitions);
        var options = new
        {
            BOOTSTRAP_SERVERS = scene.Kafka.BootstrapServers,
            GROUP_ID = Group,
            START_POSITION = "earliest",

            // A broker waits for the session of a dead member before it gives its partitions away; a real one allows no less than 6 s.
            CONFIG = new Dictionary<string, string> { ["session.timeout.ms"] = FaultBroker.Given is null ? "2000" : "6000" },
            TOPIC_HANDLERS = new Dictionary<string, object> { [Topic] = handlers(scene) },
        };
        await File.WriteAllTextAsync(scene.ConfigFile, JsonSerializer.Serialize(new
        {
            TOM_NAME = "Test TOM",
            PLUGINS = new[] { Programs.Test("FaultHandlers") },
            CLUSTER = database is null ? (object)new { KIND = "local" } : new { KIND = "postgresql", CONNECTION = database },
            ALERT_STREAMS = new[] { new { NAME = "kafka", ID = "survey", OPTIONS = options } },
        }));
        return scene;
    }

    public string ConfigFile => FileNamed("tom.json");

    public string FileNamed(string name) => Path.Combine(_folder.FullName, name);

    public Task<SiloProcess> StartSiloAsync() => SiloProcess.StartAsync(DataFolder, _ports, ConfigFile);

    public Task ProduceAsync(int count, int poisonEvery = 0, int? partition = null, int size = 0) => Ledger.ProduceAsync(Topic, count, poisonEvery, partition, size);

    /// <summary>Returns when everything produced has a fate with each of the handlers.</summary>
    public async Task SettledAsync(TomClient client, params string[] handlers) => await client.StatusWhenAsync(
        seen => handlers.All(handler => SettledOf(seen, handler) >= Ledger.Count), $"{Ledger.Count} messages with a fate with {string.Join(", ", handlers)}", Limit);

    /// <summary>Returns when at least so many messages have a fate with the handler.</summary>
    public static async Task<long> SettledAsync(TomClient client, string handler, long count) => SettledOf(await client.StatusWhenAsync(
        seen => SettledOf(seen, handler) >= count, $"{count} messages with a fate with {handler}", Limit), handler);

    public static HandlerStatus? StatusOf(TomStatus status, string handler) => status.Streams
        .SelectMany(stream => stream.Topics).FirstOrDefault(found => found.Name.Topic == Topic)?.Handlers.FirstOrDefault(found => found.Handler == handler);

    /// <summary>What the silo, which has ended, left behind.</summary>
    public async Task<Verifier> VerifyAsync() =>
        new(Ledger, Topic, _database is null ? await Books.ReadSqliteAsync(DataFolder, Topic) : await Books.ReadPostgreSqlAsync(_database, Topic));

    public async ValueTask DisposeAsync()
    {
        Ledger.Dispose();
        await Kafka.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static long SettledOf(TomStatus status, string handler) =>
        StatusOf(status, handler)?.Books is { } books ? books.Handled + books.Ignored + books.Parked + books.Dropped + books.Lost : 0;
}
