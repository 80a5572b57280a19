using System.Collections.Immutable;
using System.Net;

namespace TomOrleans.Silo.Configuration;

/// <summary>Networks that are trusted, as <c>10.1.2.0/24</c>.</summary>
public sealed record NetworkList(ImmutableArray<IPNetwork> Networks)
{
    public static NetworkList None { get; } = new(ImmutableArray<IPNetwork>.Empty);

    public bool IsEmpty => Networks.IsEmpty;

    /// <summary>True for an address in one of the networks, and for loopback: who is on this host is past all networks.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || Networks.Any(network => network.Contains(plain));
    }

    /// <summary>Several with commas; each with zeros after its prefix.</summary>
    internal static bool TryParse(string text, out NetworkList networks)
    {
        var parsed = new List<IPNetwork>();
        networks = None;
        foreach (var part in text.Split(','))
        {
            if (!part.Contains('/', StringComparison.Ordinal) || !IPNetwork.TryParse(part.Trim(), out var network))
            {
                return false;
            }

            parsed.Add(network);
        }

        networks = new([.. parsed]);
        return true;
    }

    public override string ToString() => string.Join(',', Networks);
}
