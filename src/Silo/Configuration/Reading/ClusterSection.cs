using System.Globalization;
using System.Net;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>CLUSTER: this silo among the others, and how the ports between them are guarded.</summary>
internal static class ClusterSection
{
    private static readonly Dictionary<string, ClusterKind> Kinds = new() { ["local"] = ClusterKind.Local, ["postgresql"] = ClusterKind.PostgreSql };

    public static ClusterSettings Read(Section section)
    {
        var kind = section.Choice("KIND", Kinds, ClusterKind.Local);
        var connection = section.Secret("CONNECTION", required: kind == ClusterKind.PostgreSql);
        if (kind == ClusterKind.Local && connection is not null)
        {
            section.Context.Fault(section.PathOf("CONNECTION"), "given for KIND local, which has no database server; allowed: with KIND postgresql only");
        }

        if (kind == ClusterKind.PostgreSql && !section.Context.Built.PostgreSql)
        {
            section.Context.NotBuilt(section.PathOf("KIND"), "postgresql; allowed now: local");
        }

        var (advertised, listen) = ReadAddresses(section);
        var siloPort = section.Number("SILO_PORT", 11111, 1, 65535);
        var cluster = new ClusterSettings
        {
            Kind = kind ?? ClusterKind.Local,
            Connection = connection,
            Name = section.Optional<string>("NAME", Names.IdAllowed, Names.TryId, DefaultName(siloPort)) ?? "",
            AdvertisedAddress = advertised,
            ListenAddress = listen,
            SiloPort = siloPort,
            GatewayPort = section.Number("GATEWAY_PORT", 30000, 1, 65535),
            ClusterId = section.Optional<string>("CLUSTER_ID", Names.IdAllowed, Names.TryId, "tomorleans") ?? "",
            ServiceId = section.Optional<string>("SERVICE_ID", Names.IdAllowed, Names.TryId, "tomorleans") ?? "",
            ProbeTimeout = TimeSpan.FromSeconds(section.Number("PROBE_TIMEOUT", 1.0, 0.2, 60, " (seconds)")),
            Dashboard = section.Switch("DASHBOARD", false),
            Tls = TlsSection.Read(section),
            TrustedNetwork = section.Optional<NetworkList>("TRUSTED_NETWORK", Addresses.NetworkAllowed, NetworkList.TryParse, NetworkList.None) ?? NetworkList.None,
        };
        section.Close();
        RefuseUnguarded(cluster, section);
        return cluster;
    }

    private static (IPAddress Advertised, IPAddress Listen) ReadAddresses(Section section)
    {
        var advertised = section.Optional<IPAddress>("ADVERTISED_ADDRESS", $"{Addresses.Allowed} that others reach this host by", Addresses.TryOne);
        var listen = section.Optional<IPAddress>("LISTEN", $"{Addresses.Allowed} of this host, or 0.0.0.0 or :: for all", Addresses.TryAddress);
        if (advertised is null && listen is not null && Addresses.IsAny(listen))
        {
            section.Context.Fault(section.PathOf("ADVERTISED_ADDRESS"), $"missing beside LISTEN {listen}; allowed: the address that others reach this host by");
        }

        return (advertised ?? (listen is null || Addresses.IsAny(listen) ? IPAddress.Loopback : listen), listen ?? advertised ?? IPAddress.Loopback);
    }

    private static void RefuseUnguarded(ClusterSettings cluster, Section section)
    {
        var isSafe = IPAddress.IsLoopback(cluster.ListenAddress) || cluster.Tls is not null || section.Take("TLS") is not null;
        if (!isSafe && cluster.TrustedNetwork.IsEmpty)
        {
            section.Context.Fault(
                section.PathOf("LISTEN"),
                $"silo and gateway on {cluster.ListenAddress} would be open to everybody who reaches it; give the certificates of TLS, or name in TRUSTED_NETWORK the network that only your hosts are in");
        }

        if (!cluster.TrustedNetwork.IsEmpty && !cluster.TrustedNetwork.Contains(cluster.AdvertisedAddress))
        {
            section.Context.Fault(
                section.PathOf("TRUSTED_NETWORK"),
                $"{cluster.AdvertisedAddress}, the address of this silo itself, is not in {cluster.TrustedNetwork}: other silos would refuse it");
        }
    }

    /// <summary>Tells the silos of one host apart, and the hosts.</summary>
    private static string DefaultName(int siloPort) => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{siloPort}");
}
