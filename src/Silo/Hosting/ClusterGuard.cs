using System.Net;
using Orleans.Configuration;
using TomOrleans.Connections;
using TomOrleans.Grains;
using TomOrleans.Grains.Security;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Hosting;

/// <summary>Guards silo and gateway ports as CLUSTER.TLS and CLUSTER.TRUSTED_NETWORK have it.</summary>
public sealed partial class ClusterGuard(ClusterSettings cluster, ClientSources clients, ILogger<ClusterGuard> log, TimeProvider time)
{
    private static readonly TimeSpan BetweenEqual = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private RenewedFiles<TlsCertificates>? _files;
    private (string Text, long At) _lastRefusal;

    /// <summary>To be called where neither is set too: then ports are as Orleans has them.</summary>
    public static void Add(ISiloBuilder silo, ClusterSettings cluster)
    {
        silo.Services.AddSingleton(cluster);
        silo.Services.AddSingleton<ClusterGuard>();
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ClusterGuard>((options, guard) => guard.Configure(options));
    }

    private void Configure(SiloConnectionOptions options)
    {
        if (!cluster.TrustedNetwork.IsEmpty)
        {
            options.ConfigureSiloInboundConnection(builder => builder.UseAddressCheck(cluster.TrustedNetwork.Contains, Refused));
            options.ConfigureGatewayInboundConnection(builder => builder.UseAddressCheck(cluster.TrustedNetwork.Contains, Refused));
        }

        if (cluster.Tls is { } names)
        {
            _files = new(names.All, names.Read, fault => LogNotRenewed(OneLine.Of(fault.Message)));
            options.ConfigureSiloInboundConnection(builder => builder.UseServerTls(Certificates, Peer.Silo, Refused));
            options.ConfigureSiloOutboundConnection(builder => builder.UseClientTls(Certificates));
            options.ConfigureGatewayInboundConnection(builder => builder.UseServerTls(Certificates, Peer.Client, Refused));
        }

        options.ConfigureGatewayInboundConnection(builder => builder.UseSenderCheck(Refused, clients.Note));
    }

    private TlsCertificates Certificates() => _files!.Current;

    /// <summary>Who is refused comes again and again: told once a minute.</summary>
    private void Refused(EndPoint? who, string why)
    {
        var address = (who as IPEndPoint)?.Address.ToString() ?? "somebody";
        lock (_lock)
        {
            var text = $"{address} {why}";
            if (_lastRefusal.Text == text && time.GetElapsedTime(_lastRefusal.At) < BetweenEqual)
            {
                return;
            }

            _lastRefusal = (text, time.GetTimestamp());
        }

        LogRefused(address, OneLine.Of(why));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection from {Address} was refused: {Reason}")]
    private partial void LogRefused(string address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Renewed certificates cannot be used, the former ones stay in force: {Reason}")]
    private partial void LogNotRenewed(string reason);
}
