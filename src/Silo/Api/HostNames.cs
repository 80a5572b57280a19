using System.Net;
using System.Security.Cryptography.X509Certificates;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Api;

/// <summary>
/// By which names this silo is rightly asked for: those of loopback, the address that the request came to, those of its certificate, and HTTP.HOSTS. Any other could be a name that a foreign page had
/// made point here (DNS rebinding).
/// </summary>
public sealed class HostNames(HttpSettings http, Func<X509Certificate2?> certificate)
{
    /// <param name="host">As the Host header has it, without port.</param>
    /// <param name="local">The address that the request came to; null where unknown.</param>
    public bool AreOurs(string host, IPAddress? local)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || http.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        return IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? IPAddress.IsLoopback(address) || (local is not null && address.Equals(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local))
            : certificate()?.MatchesHostname(host, allowWildcards: true, allowCommonName: false) == true;
    }
}
