using System.Net;
using System.Net.Sockets;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Hosting;

/// <summary>Finds out before anything is started whether the ports are free, so that the error can name the port and the key that changes it.</summary>
public static class Ports
{
    /// <summary>Throws <see cref="TomException"/> for the first port that cannot be opened.</summary>
    public static void RequireFree(TomConfiguration configuration)
    {
        Require(configuration.Http.Address, configuration.Http.Port, "the web page", "HTTP.PORT or --http-port");
        Require(configuration.Cluster.ListenAddress, configuration.Cluster.SiloPort, "Orleans silos", "CLUSTER.SILO_PORT");
        Require(configuration.Cluster.ListenAddress, configuration.Cluster.GatewayPort, "Orleans clients", "CLUSTER.GATEWAY_PORT");
    }

    private static void Require(IPAddress address, int port, string what, string setting)
    {
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new TomException(TomFault.Unavailable, $"Port {port} for {what} is in use on {address}. Stop what uses it, or give another port with {setting}.");
        }
        catch (SocketException exception)
        {
            throw new TomException(TomFault.Unavailable, $"{address}:{port} for {what} cannot be opened ({exception.Message}). Give another address or port with {setting}.");
        }
    }
}
