using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TomOrleans.Grains.Security;

/// <summary>Counts logins that failed, over HTTP and at the gateway together, by the address they came from: after ten in a minute it is not listened to until the minute is over. Safe on any thread.</summary>
public sealed class FailedLogins(TimeProvider time)
{
    public const int Limit = 10;
    private const int MostSources = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (int Count, long Since)> _failed = new(StringComparer.Ordinal);

    public void Add(IPAddress? address) => Add(Network(address));

    /// <param name="source">An address's text, or another name of somebody whose address is not known.</param>
    public void Add(string source)
    {
        if (_failed.Count >= MostSources)
        {
            // An attacker with so many addresses is not stopped by counting; what matters is that the memory is bounded.
            _failed.Clear();
        }

        _failed.AddOrUpdate(source, _ => (1, time.GetTimestamp()), (_, seen) => IsOver(seen.Since) ? (1, time.GetTimestamp()) : (seen.Count + 1, seen.Since));
    }

    /// <summary>How long the address is not listened to; null where it is.</summary>
    public TimeSpan? BlockedFor(IPAddress? address) => BlockedFor(Network(address));

    public TimeSpan? BlockedFor(string source) =>
        _failed.TryGetValue(source, out var seen) && seen.Count >= Limit && !IsOver(seen.Since) ? Window - time.GetElapsedTime(seen.Since) : null;

    private bool IsOver(long since) => time.GetElapsedTime(since) >= Window;

    /// <summary>Of IPv6 the network: each host there has as many addresses as it likes.</summary>
    internal static string Network(IPAddress? address)
    {
        var plain = address switch
        {
            null => IPAddress.None,
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
            _ => address,
        };
        if (plain.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return plain.ToString();
        }

        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
