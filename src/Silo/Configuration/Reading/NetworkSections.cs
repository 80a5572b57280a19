namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>What sections say together about where this silo listens.</summary>
internal static class NetworkSections
{
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
}
