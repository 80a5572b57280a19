using System.Globalization;
using System.Net;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>One host of the cluster: a network of its own, with a cable to the switch, relays to what it uses, and the real silo program.</summary>
public sealed class Host(string name, NamespacedHosts cluster, NetworkNamespace network, IPAddress address) : IAsyncDisposable
{
    /// <summary>As they are by default: each host has all its ports to itself.</summary>
    private static readonly SiloPorts Ports = new(5080, 11111, 30000);
    private SiloProcess? _silo;

    public string Name => name;

    public NetworkNamespace Network => network;

    public Relay Kafka { get; } = new(network, cluster.KafkaPort);

    public Relay Database { get; } = new(network, cluster.DatabasePort);

    public Relay Hermes { get; } = new(network, cluster.HermesPort);

    /// <summary>The one that was started last.</summary>
    public SiloProcess Silo => _silo ?? throw new InvalidOperationException($"No silo was started on host {name}, or it did not get ready.");

    /// <summary>On this host, as a person who sits at it.</summary>
    public TomConsole Console => new(
        string.Create(CultureInfo.InvariantCulture, $"{address}:{Ports.Gateway}"), File.ReadAllText(Path.Combine(Silo.DataFolder, "admin-token")).Trim(), enter: network.Enter);

    /// <param name="program">Null: the silo of this build.</param>
    /// <param name="environment">Besides what a silo needs.</param>
    public async Task StartAsync(string? program = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (_silo is { } former)
        {
            _silo = null;
            await former.DisposeAsync();
        }

        _silo = await SiloProcess.StartAsync(
            cluster.FolderOf(name),
            Ports,
            cluster.ConfigFile,
            new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
            {
                ["TOM_DB"] = $"{cluster.ConnectionString};Application Name={name}",
                ["CLUSTER__NAME"] = name,
                ["CLUSTER__ADVERTISED_ADDRESS"] = $"{address}",
            },
            program,
            network.Enter);
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is { } silo)
        {
            await silo.DisposeAsync();
        }

        await Kafka.DisposeAsync();
        await Database.DisposeAsync();
        await Hermes.DisposeAsync();
    }
}
