using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TomOrleans.Bench.Broker;
using TomOrleans.Grains.Alerts;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Reading;
using TomOrleans.Silo.Hosting;

namespace TomOrleans.Bench.Toms;

/// <summary>The configuration of a TOM that reads one topic with the <c>hermes</c> handler, read as a user's would be.</summary>
internal static class BenchConfiguration
{
    /// <param name="archive">ARCHIVE of the stream.</param>
    public static TomConfiguration Of(KafkaBroker broker, string topic, string folder, string archive = "off")
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "tom.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["TOM_NAME"] = "Benchmark",
            ["DATA_PATH"] = folder,
            ["ALERT_STREAMS"] = new[]
            {
                new Dictionary<string, object>
                {
                    ["NAME"] = "kafka",
                    ["ID"] = "bench",
                    ["OPTIONS"] = new Dictionary<string, object>
                    {
                        ["BOOTSTRAP_SERVERS"] = broker.BootstrapServers,
                        ["GROUP_ID"] = $"bench-{Guid.NewGuid():N}",
                        ["START_POSITION"] = "earliest",
                        ["ARCHIVE"] = archive,
                        ["TOPIC_HANDLERS"] = new Dictionary<string, object>
                        {
                            [topic] = new Dictionary<string, object> { ["HANDLER"] = "hermes", ["CREATE_TARGETS"] = "always" },
                        },
                    },
                },
            },
        }));
        var reading = TomConfigurationReader.Read(path, new Dictionary<string, string>());
        return reading.Configuration is { } configuration
            ? configuration with { Cluster = configuration.Cluster with { SiloPort = FreePort(), GatewayPort = FreePort() } }
            : throw new BenchException(string.Join('\n', reading.Faults));
    }

    /// <summary>The stream as the silo itself would read it.</summary>
    public static StreamDefinition StreamOf(TomConfiguration configuration, KafkaBroker broker)
    {
        var stream = StreamDefinitions.Of(configuration).Single();
        return stream with { Settings = stream.Settings with { ClusterId = broker.ClusterId } };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
