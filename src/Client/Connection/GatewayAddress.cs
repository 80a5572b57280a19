using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TomOrleans.Client.Connection;

/// <summary>A silo's gateway as a person writes it: <c>host:port</c>, <c>10.1.2.3:30000</c>, <c>[::1]:30000</c>; without port 30000.</summary>
internal sealed record GatewayAddress(string Host, int Port)
{
    public const int DefaultPort = 30000;

    public static readonly GatewayAddress Default = new("127.0.0.1", DefaultPort);

    /// <summary>True where the gateway can only be a process of this machine.</summary>
    public bool IsLoopback => IPAddress.TryParse(Host, out var address)
        ? IPAddress.IsLoopback(address)
        : Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(string text, [NotNullWhen(true)] out GatewayAddress? gateway)
    {
        gateway = null;
        text = text.Trim();
        var host = text;
        var port = DefaultPort;
        var bracket = text.IndexOf(']', StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (colon > bracket)
        {
            host = text[..colon];
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
            {
                return false;
            }
        }

        if (bracket > 0 && host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return false;
        }

        gateway = new(host, port);
        return true;
    }

    /// <summary>Throws <see cref="RefusedException"/> where nobody knows the host.</summary>
    public async Task<IPEndPoint> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Host, out var address))
        {
            return new(address, Port);
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(Host, cancellationToken);

            // A silo listens on IPv4 unless told otherwise, also where a name has both.
            return new(addresses.OrderBy(found => found.AddressFamily != AddressFamily.InterNetwork).First(), Port);
        }
        catch (Exception failure) when (failure is SocketException or InvalidOperationException)
        {
            throw new RefusedException($"cannot find the host '{Host}' of --gateway {this}: check its name", failure);
        }
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
