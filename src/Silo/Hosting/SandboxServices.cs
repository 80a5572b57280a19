using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Sandbox.Sky;
using TomOrleans.Silo.Configuration;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Silo.Hosting;

/// <summary>
/// What the sandbox brings along: an embedded Kafka, a simulated sky and a stand-in Hermes. Started only for a configuration with a stream of kind <c>sandbox</c>.
/// </summary>
public sealed class SandboxServices : IAsyncDisposable
{
    private const int PartitionsPerTopic = 4;
    private static readonly string[] Topics = ["hermes.photometry", "hermes.test", "hermes.message", "tomtoolkit.test"];
    private readonly EmbeddedKafka _kafka;
    private readonly KafkaMessagePublisher _publisher;
    private readonly StandInHermes _hermes;
    private readonly SkyPublisher _sky;

    private SandboxServices(EmbeddedKafka kafka, KafkaMessagePublisher publisher, StandInHermes hermes)
    {
        _kafka = kafka;
        _publisher = publisher;
        _hermes = hermes;
        _sky = new(publisher);
    }

    public string KafkaAddress => _kafka.BootstrapServers;

    public Uri HermesUrl => _hermes.Url;

    /// <summary>A target that the simulated sky has, for the commands to try.</summary>
    public string ExampleTarget => _sky.Sky.Targets[0].Name;

    /// <summary>Null where no stream asks for it.</summary>
    public static async Task<SandboxServices?> StartAsync(TomConfiguration configuration, string dataFolder, CancellationToken cancellation)
    {
        if (!configuration.Streams.Any(stream => stream is { Active: true, Kind: StreamKind.Sandbox }))
        {
            return null;
        }

        var kafka = EmbeddedKafka.Start();
        foreach (var topic in Topics)
        {
            kafka.CreateTopic(topic, PartitionsPerTopic);
        }

        kafka.CreateTopic(HeartbeatPublisher.Topic, partitions: 1);
        var publisher = new KafkaMessagePublisher(kafka.BootstrapServers);
        var hermes = await StandInHermes.StartAsync(new() { Publisher = publisher, ArchivePath = Path.Combine(dataFolder, "hermes-archive.jsonl"), Topics = Topics }, cancellation);
        return new(kafka, publisher, hermes);
    }

    /// <summary>The configuration with the addresses that are known only now.</summary>
    public TomConfiguration Connect(TomConfiguration configuration) =>
        configuration.Connect(_kafka.BootstrapServers, _kafka.ClusterId, _hermes.Url, new Secret(_hermes.Token));

    /// <summary>Publishes the simulated sky while the silo runs.</summary>
    public BackgroundService NewSky() => new SkyService(_sky, new HeartbeatPublisher(_publisher));

    public async ValueTask DisposeAsync()
    {
        await _hermes.DisposeAsync();
        _publisher.Dispose();
        _kafka.Dispose();
    }

    private sealed class SkyService(SkyPublisher sky, HeartbeatPublisher heartbeat) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Task.WhenAll(sky.PublishAsync(stoppingToken), heartbeat.PublishAsync(stoppingToken));
    }
}
