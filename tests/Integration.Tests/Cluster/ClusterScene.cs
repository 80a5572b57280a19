using System.Globalization;
using System.Text.Json;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;
using TomOrleans.Testing.PostgreSql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>A broker in this process, an empty PostgreSQL database, and one configuration for the silos that are started on them, each with a name, a folder and ports of its own.</summary>
public sealed class ClusterScene : IAsyncDisposable
{
    public const string Stream = "survey";
    public const string Topic = "alerts";
    public const int Partitions = 16;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-cluster-");
    private readonly Dictionary<string, SiloPorts> _ports = [];
    private readonly string _connection;

    private ClusterScene(EmbeddedKafka kafka, string connection)
    {
        (Kafka, _connection) = (kafka, connection);
        Database = new(connection);
    }

    public EmbeddedKafka Kafka { get; }

    public ClusterDatabase Database { get; }

    /// <summary>The folder in which each silo's handler <c>recorder</c> writes what it was offered.</summary>
    public string Journals => Path.Combine(_folder.FullName, "journals");

    public string ConfigFile => Path.Combine(_folder.FullName, "tom.json");

    /// <summary>Skips the test where there is no PostgreSQL.</summary>
    public static async Task<ClusterScene> CreateAsync(PostgreSqlServer server)
    {
        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        var scene = new ClusterScene(EmbeddedKafka.Start(), await server.CreateDatabaseAsync());
        scene.Kafka.CreateTopic(Topic, Partitions);
        Directory.CreateDirectory(scene.Journals);
        await File.WriteAllTextAsync(scene.ConfigFile, JsonSerializer.Serialize(new
        {
            TOM_NAME = "Cluster TOM",
            PLUGINS = new[] { Programs.Test("FaultHandlers") },
            CLUSTER = new { KIND = "postgresql", CONNECTION = "${TOM_DB}" },
            ALERT_STREAMS = new[]
            {
                new
                {
                    NAME = "kafka",
                    ID = Stream,
                    OPTIONS = new
                    {
                        BOOTSTRAP_SERVERS = scene.Kafka.BootstrapServers,
                        GROUP_ID = "test",
                        START_POSITION = "earliest",

                        // No less: on a busy machine a member would be late with its heartbeats, and the group would never settle.
                        CONFIG = new Dictionary<string, string> { ["session.timeout.ms"] = "6000" },
                        TOPIC_HANDLERS = new Dictionary<string, object> { [Topic] = new object[] { new { HANDLER = "hermes", CREATE_TARGETS = "always" }, "log", new { HANDLER = "recorder", JOURNAL = scene.Journals } } },
                    },
                },
            },
        }));
        return scene;
    }

    /// <summary>A silo of this name: the folder and the ports it had before, if it was there before.</summary>
    public Task<SiloProcess> StartSiloAsync(string name, bool logsMessages = false, IReadOnlyDictionary<string, string>? environment = null) =>
        SiloProcess.StartAsync(FolderOf(name), PortsOf(name), ConfigFile, new Dictionary<string, string>([.. EnvironmentOf(name), .. environment ?? new Dictionary<string, string>()])
        {
            ["Logging__LogLevel__TomOrleans.Grains.Alerts.Log"] = logsMessages ? "Debug" : "Information",
        });

    /// <summary>Runs a silo that is to be refused, to its end.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunSiloAsync(string name, string folder, SiloPorts ports) =>
        SiloProcess.RunAsync(["--config", ConfigFile, "--data", folder], new Dictionary<string, string>(EnvironmentOf(name))
        {
            ["HTTP__PORT"] = ports.Http.ToString(CultureInfo.InvariantCulture),
            ["CLUSTER__SILO_PORT"] = ports.Silo.ToString(CultureInfo.InvariantCulture),
            ["CLUSTER__GATEWAY_PORT"] = ports.Gateway.ToString(CultureInfo.InvariantCulture),
        });

    public string FolderOf(string name) => Path.Combine(_folder.FullName, name);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Kafka.Dispose();
        _folder.Delete(recursive: true);
    }

    private SiloPorts PortsOf(string name)
    {
        lock (_ports)
        {
            return _ports.TryGetValue(name, out var ports) ? ports : _ports[name] = SiloPorts.Free();
        }
    }

    private Dictionary<string, string> EnvironmentOf(string name) => new()
    {
        ["TOM_DB"] = $"{_connection};Application Name={name}",
        ["CLUSTER__NAME"] = name,
    };
}
