using System.Net;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>Addresses and networks as a configuration has them.</summary>
internal static class Addresses
{
    public const string Allowed = "localhost or an IP address";
    public const string NetworkAllowed = "a network such as 10.1.2.0/24, or several with commas";

    public static bool TryAddress(string text, out IPAddress address)
    {
        address = IPAddress.Loopback;
        return text.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(text, out address!);
    }

    /// <summary>An address that others can reach, not "any".</summary>
    public static bool TryOne(string text, out IPAddress address) => TryAddress(text, out address) && !IsAny(address);

    public static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
