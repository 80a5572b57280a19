using System.Globalization;
using System.Net;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>HTTP and CLUSTER: where this silo listens.</summary>
internal static class NetworkSections
{
    private const string AddressAllowed = "localhost or an IP address";

    private static readonly Dictionary<string, ClusterKind> ClusterKinds =
        new() { ["local"] = ClusterKind.Local, ["postgresql"] = ClusterKind.PostgreSql };

    public static HttpSettings ReadHttp(Section section)
    {
        var address = section.Optional<IPAddress>("ADDRESS", AddressAllowed, TryAddress, IPAddress.Loopback) ?? IPAddress.Loopback;
        var port = section.Number("PORT", 5080, 0, 65535);
        if (!IPAddress.IsLoopback(address) && !section.Context.Built.HttpBeyondLoopback)
        {
            section.Context.NotBuilt(
                section.PathOf("ADDRESS"),
                $"listening on {address}; only loopback (127.0.0.1, ::1) is served, since page and API have no TLS. Reach them through an SSH tunnel or a proxy on this host");
        }

        section.Close();
        return new(address, port);
    }

    public static ClusterSettings ReadCluster(Section section)
    {
        var kind = section.Choice("KIND", ClusterKinds, ClusterKind.Local);
        var connection = section.Secret("CONNECTION", required: kind == ClusterKind.PostgreSql);
        if (kind == ClusterKind.Local && connection is not null)
        {
            section.Context.Fault(section.PathOf("CONNECTION"), "given for KIND local, which has no database server; allowed: with KIND postgresql only");
        }

        if (kind == ClusterKind.PostgreSql && !section.Context.Built.PostgreSql)
        {
            section.Context.NotBuilt(section.PathOf("KIND"), "postgresql; allowed now: local");
        }

        var advertised = section.Optional<IPAddress>("ADVERTISED_ADDRESS", AddressAllowed, TryAddress);
        if (advertised is not null && !IPAddress.IsLoopback(advertised) && !section.Context.Built.ClusterBeyondLoopback)
        {
            section.Context.NotBuilt(
                section.PathOf("ADVERTISED_ADDRESS"),
                $"listening on {advertised}; silo and gateway would be open to everybody who reaches it, as mutual TLS between hosts is still missing");
        }

        if (section.Take("TLS") is not null)
        {
            section.Context.NotBuilt(section.PathOf("TLS"), "mutual TLS between hosts; leave it out");
        }

        var siloPort = section.Number("SILO_PORT", 11111, 1, 65535);
        var cluster = new ClusterSettings
        {
            Kind = kind ?? ClusterKind.Local,
            Connection = connection,
            Name = section.Optional<string>("NAME", Names.IdAllowed, Names.TryId, DefaultName(siloPort)) ?? "",
            AdvertisedAddress = advertised,
            SiloPort = siloPort,
            GatewayPort = section.Number("GATEWAY_PORT", 30000, 1, 65535),
            ClusterId = section.Optional<string>("CLUSTER_ID", Names.IdAllowed, Names.TryId, "tomorleans") ?? "",
            ServiceId = section.Optional<string>("SERVICE_ID", Names.IdAllowed, Names.TryId, "tomorleans") ?? "",
        };
        section.Close();
        return cluster;
    }

    public static void RefuseSharedPorts(HttpSettings http, ClusterSettings cluster, ReadingContext context)
    {
        (string Path, int Port)[] ports = [("HTTP.PORT", http.Port), ("CLUSTER.SILO_PORT", cluster.SiloPort), ("CLUSTER.GATEWAY_PORT", cluster.GatewayPort)];
        foreach (var shared in ports.Where(port => port.Port != 0).GroupBy(port => port.Port).Where(group => group.Count() > 1))
        {
            context.Fault(shared.Last().Path, $"{shared.Key} is also the port of {shared.First().Path}; allowed: a port of its own");
        }
    }

    /// <summary>The embedded Kafka is one process's own: other silos of the cluster would each read another one.</summary>
    public static void RefuseSandbox(ClusterSettings cluster, IEnumerable<StreamConfiguration> streams, ReadingContext context)
    {
        if (cluster.Kind == ClusterKind.PostgreSql && streams.FirstOrDefault(stream => stream is { Active: true, Kind: StreamKind.Sandbox }) is { } sandbox)
        {
            context.Fault(
                "CLUSTER.KIND",
                $"postgresql given, but stream {sandbox.Id} is the sandbox, whose embedded Kafka belongs to one process; allowed: local, or a file (--config) with other streams only");
        }
    }

    /// <summary>Tells the silos of one host apart, and the hosts.</summary>
    private static string DefaultName(int siloPort) => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{siloPort}");

    private static bool TryAddress(string text, out IPAddress address)
    {
        address = IPAddress.Loopback;
        return text.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(text, out address!);
    }
}
