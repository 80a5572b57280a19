using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Notices;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Tests.Metering;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;
using TomOrleans.Streams.Kafka;
using System.Diagnostics.Metrics;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Silos on a SQLite file of their own that read topic <c>live/alerts</c> of an embedded Kafka with the handlers <c>log</c> and <c>moody</c>, or with others.</summary>
internal sealed class LiveTom : IAsyncDisposable
{
    public const string Topic = "alerts";
    public static readonly TopicName Name = new("live", Topic);

    private readonly string _folder = Directory.CreateTempSubdirectory("tom-live-").FullName;
    private readonly EmbeddedKafka _kafka = EmbeddedKafka.Start();
    private readonly TomDatabase _database;
    private readonly StreamProducer _producer;
    private InProcessTestCluster? _cluster;

    private LiveTom()
    {
        _database = TomDatabase.OpenSqlite(_folder);
        _producer = new(Client);
        _kafka.CreateTopic(Topic, partitions: 4);
    }

    public HandlerMood Mood { get; } = new();

    public Measured Alerts { get; } = new(AlertsInstruments.MeterName);

    public InProcessTestCluster Cluster => _cluster!;

    private Dictionary<string, string> Client => new() { ["bootstrap.servers"] = _kafka.BootstrapServers, ["message.max.bytes"] = "4000000" };

    private HandlerDefinition[] Handlers { get; init; } = [];

    /// <summary>By silo; null where they run without a file.</summary>
    private Func<string, IConfigurationFile>? Files { get; init; }

    /// <summary>What is read.</summary>
    public StreamDefinition Stream => new()
    {
        Id = Name.Stream,
        Kind = "kafka",
        Settings = new() { Id = Name.Stream, Client = Client, GroupId = "test", Topics = [Topic], Start = StartPosition.Earliest, ClusterId = _kafka.ClusterId },
        Bindings = [new(Topic, [.. Handlers])],
    };

    /// <summary>Null where nobody looks for what is wrong.</summary>
    private NoticeOptions? Notices { get; init; }

    public static Task<LiveTom> StartAsync(NoticeOptions notices, short silos = 1) => StartAsync(silos, notices, null);

    public static Task<LiveTom> StartAsync(Func<string, IConfigurationFile> files) => StartAsync(2, null, files);

    public static Task<LiveTom> StartAsync(short silos = 1, params HandlerDefinition[] handlers) => StartAsync(silos, null, null, handlers);

    private static async Task<LiveTom> StartAsync(short silos, NoticeOptions? notices, Func<string, IConfigurationFile>? files, params HandlerDefinition[] handlers)
    {
        var tom = new LiveTom { Notices = notices, Files = files, Handlers = handlers is [] ? [new() { Id = "log", Name = "log" }, new() { Id = "moody", Name = "moody" }] : handlers };
        await new Migrator(tom._database).MigrateAsync();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) => tom.Configure(silo));
        builder.ConfigureClient(client => client.AddMemoryStreams(AlertStreams.Provider));
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        tom._cluster = builder.Build();
        await tom._cluster.DeployAsync();
        return tom;
    }

    /// <summary>Publishes messages with this time, spread over the partitions; null: now.</summary>
    public Task PublishAsync(int count, DateTimeOffset? at = null) => Task.WhenAll(Enumerable.Range(0, count).Select(i => _producer.PublishAsync(
        Topic, new OutgoingRecord { Partition = i % 4, Value = [(byte)'x'], Time = at }, TestContext.Current.CancellationToken)));

    /// <summary>Publishes one message to partition 0.</summary>
    public Task PublishAsync(byte[] value, params (string Name, byte[] Value)[] headers) => _producer.PublishAsync(
        Topic,
        new OutgoingRecord { Partition = 0, Value = value, Headers = [.. headers.Select(header => new KeyValuePair<string, byte[]>(header.Name, header.Value))] },
        TestContext.Current.CancellationToken);

    /// <summary>The topic's status when it is so.</summary>
    public async Task<TopicStatus> WhenAsync(Func<TopicStatus, bool> fits, string what)
    {
        var last = await Cluster.Client.Topic(Name).GetStatusAsync();
        for (var look = 0; look < 1_200; look++)
        {
            if (fits(last))
            {
                return last;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
            last = await Cluster.Client.Topic(Name).GetStatusAsync();
        }

        throw new TimeoutException($"not seen: {what}; the handlers are {string.Join("; ", last.Handlers.Select(handler => $"{handler.Handler} {handler.State} {handler.Books}"))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.StopAllSilosAsync();
            await _cluster.DisposeAsync();
        }

        _producer.Dispose();
        _kafka.Dispose();
        Alerts.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.AddTomStorage(_database);
        silo.AddEvents();
        silo.AddTargets();
        silo.AddAlerts([Stream]);
        if (Files is { } files)
        {
            silo.Services.AddSingleton(services => files(services.GetRequiredService<ILocalSiloDetails>().Name));
        }

        silo.AddOperations(new("A TOM", IsSandbox: false), new("test", Path.GetTempPath(), ""));
        silo.Services.AddSharing([], "A TOM");
        if (Notices is not null)
        {
            silo.Services.AddNotices(Notices);
        }

        silo.Services.AddSingleton(Mood);
        silo.Services.AddSingleton<IMeterFactory>(Alerts);
        silo.Services.AddTomStreams();
    }
}
