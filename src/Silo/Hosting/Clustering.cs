using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using TomOrleans.Silo.Configuration;
using TomOrleans.Storage;

namespace TomOrleans.Silo.Hosting;

/// <summary>How this silo finds the others: not at all (KIND local), or by the membership table in the cluster's database (KIND postgresql).</summary>
public static class Clustering
{
    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    public static void AddClustering(this ISiloBuilder silo, ClusterSettings cluster, TomDatabase database)
    {
        silo.Configure<SiloOptions>(options => options.SiloName = cluster.Name);
        if (cluster.Kind == ClusterKind.PostgreSql)
        {
            silo.AddMembershipTable(cluster, database);
        }
        else
        {
            silo.UseDevelopmentClustering(new IPEndPoint(cluster.AdvertisedAddress, cluster.SiloPort));
        }

        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = cluster.AdvertisedAddress;
            options.SiloPort = cluster.SiloPort;
            options.GatewayPort = cluster.GatewayPort;
            options.SiloListeningEndpoint = new(cluster.ListenAddress, cluster.SiloPort);
            options.GatewayListeningEndpoint = new(cluster.ListenAddress, cluster.GatewayPort);
        });
        ClusterGuard.Add(silo, cluster);
    }

    private static void AddMembershipTable(this ISiloBuilder silo, ClusterSettings cluster, TomDatabase database)
    {
        silo.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (OrleansSchema.PostgreSqlInvariant, database.OrleansDataSource));

        // Measured with probes of 1 s: after kill -9 the grains of the dead silo answer again within 1.5 s, with Orleans' own values after 10.5 s.
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = cluster.ProbeTimeout;
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TableTimeout;
            options.IAmAliveTablePublishTimeout = TableTimeout;
        });
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        silo.Services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, FatalErrors>());
    }
}
