using System.Text.Json;
using Npgsql;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>
/// Several hosts on this machine, with a PostgreSQL server, a Kafka (<see cref="FaultBroker"/>) and a stand-in Hermes beside them that each reaches by relays of its own; messages that come steadily on
/// several topics, and a continuous share of two targets.
/// </summary>
public sealed class NamespacedHosts : IAsyncDisposable
{
    public const int Partitions = 8;

    /// <summary>In a broker that was given the tests' topics are told from its owner's.</summary>
    private static readonly string Prefix = FaultBroker.Given is null ? "" : $"tom-test-{Environment.ProcessId}.";

    public static readonly string Shared = $"{Prefix}hermes.test";
    public static readonly string[] Topics = [$"{Prefix}night.alpha", $"{Prefix}night.beta", $"{Prefix}night.gamma", $"{Prefix}night.delta"];
    public static readonly string[] SharedTargets = ["AT 2026t000", "AT 2026t007"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-hosts-");
    private readonly HostNetwork _network;
    private readonly FaultBroker _kafka;
    private readonly List<Host> _hosts = [];

    private NamespacedHosts(HostNetwork network, FaultBroker kafka, PrivateCluster database)
    {
        (_network, _kafka, Server) = (network, kafka, database);
        Hermes = new(kafka.BootstrapServers, _folder.FullName, latest: TimeSpan.Zero, archiveLag: TimeSpan.Zero);
        Ledger = new(kafka);
        Database = NpgsqlDataSource.Create(database.ConnectionString);
    }

    /// <summary>PostgreSQL.</summary>
    public PrivateCluster Server { get; }

    /// <summary>For looking into it beside the silos.</summary>
    public NpgsqlDataSource Database { get; }

    public FaultyHermes Hermes { get; }

    /// <summary>What was produced.</summary>
    public Ledger Ledger { get; }

    public string ConnectionString => Server.ConnectionString;

    public string ConfigFile => Path.Combine(_folder.FullName, "tom.json");

    public int KafkaPort => new Uri($"kafka://{_kafka.BootstrapServers}").Port;

    public int DatabasePort => new NpgsqlConnectionStringBuilder(ConnectionString).Port;

    public int HermesPort => Hermes.Url.Port;

    /// <summary>Skips the test, with the reason, where there can be no such hosts.</summary>
    /// <param name="databaseFolder">For the files of PostgreSQL; null: a temporary one.</param>
    public static async Task<NamespacedHosts> CreateAsync(string? databaseFolder = null)
    {
        if (await NetworkNamespace.WhyNotAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        Assert.SkipWhen(PostgreSqlBinaries.Find() is null, "PostgreSQL is not installed (no initdb)");
        Assert.SkipWhen(FaultBroker.Given is { } given && !IsRelayed(given), "the broker that TOM_TEST_KAFKA names is not a single one on this machine's loopback, from where relays bring it to the hosts");
        var hosts = new NamespacedHosts(await HostNetwork.CreateAsync(), await FaultBroker.StartAsync(), await PrivateCluster.StartAsync(databaseFolder));
        foreach (var topic in Topics)
        {
            await hosts._kafka.CreateTopicAsync(topic, Partitions);
        }

        await hosts._kafka.CreateTopicAsync(Shared, 1);
        await hosts.Hermes.UpAsync();
        await File.WriteAllTextAsync(hosts.ConfigFile, hosts.Configuration());
        return hosts;
    }

    public string FolderOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A new host with nothing running on it yet.</summary>
    public async Task<Host> AddAsync(string name)
    {
        var (network, address) = await _network.AddAsync();
        var host = new Host(name, this, network, address);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Orders the continuous shares; the targets are there as soon as messages of theirs have been handled.</summary>
    public static async Task ShareAsync(Host host)
    {
        foreach (var target in SharedTargets)
        {
            await host.Console.JsonAsync("continuous", "add", target, "--to", $"hermes:{Shared}", "--existing");
        }
    }

    /// <summary>Hosts with silos that have joined.</summary>
    public async Task<Host[]> StartAsync(params string[] names)
    {
        var hosts = new List<Host>();
        foreach (var name in names)
        {
            hosts.Add(await AddAsync(name));
        }

        await Task.WhenAll(hosts.Select(host => host.StartAsync()));
        return [.. hosts];
    }

    /// <summary>From the others; the way to Kafka, PostgreSQL and Hermes is not this cable.</summary>
    public Task CutAsync(Host host) => _network.CutAsync(host.Network);

    public Task MendAsync(Host host) => _network.MendAsync(host.Network);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _network.DisposeAsync();
        Ledger.Dispose();
        await Hermes.DisposeAsync();
        await _kafka.DisposeAsync();
        await Database.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static bool IsRelayed(string servers) => Uri.TryCreate($"kafka://{servers}", UriKind.Absolute, out var broker) && broker is { IsLoopback: true, Port: > 0 };

    private string Configuration() => JsonSerializer.Serialize(new
    {
        TOM_NAME = "Night TOM",
        CLUSTER = new { KIND = "postgresql", CONNECTION = "${TOM_DB}", TRUSTED_NETWORK = HostNetwork.Range },
        DATA_SHARING = new
        {
            hermes = new
            {
                BASE_URL = Hermes.Url.AbsoluteUri,
                HERMES_API_KEY = Hermes.Token,
                SEND_TIMEOUT = 5,
                LOOKUP_PATIENCE = 6,
                RETRY_PAUSE = 0.2,
                CONTINUOUS_SECONDS = 1,
                CONFIRM_STREAM = "survey",
            },
        },
        ALERT_STREAMS = new[]
        {
            new
            {
                NAME = "kafka",
                ID = "survey",
                OPTIONS = new
                {
                    BOOTSTRAP_SERVERS = _kafka.BootstrapServers,
                    GROUP_ID = "night",
                    START_POSITION = "earliest",

                    // A real broker allows no less than 6 s.
                    CONFIG = new Dictionary<string, string> { ["session.timeout.ms"] = FaultBroker.Given is null ? "2000" : "6000" },
                    TOPIC_HANDLERS = new Dictionary<string, object>
                    {
                        [$"{Prefix}night.*"] = new object[] { new { HANDLER = "hermes", CREATE_TARGETS = "always" }, "log" },
                        [Shared] = "log",
                    },
                },
            },
        },
    });
}
