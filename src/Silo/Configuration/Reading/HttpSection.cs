using System.Net;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>HTTP: where page and API are, and how they are guarded there.</summary>
internal static class HttpSection
{
    public static HttpSettings Read(Section section)
    {
        var http = new HttpSettings
        {
            Address = section.Optional<IPAddress>("ADDRESS", Addresses.Allowed, Addresses.TryAddress, IPAddress.Loopback) ?? IPAddress.Loopback,
            Port = section.Number("PORT", 5080, 0, 65535),
            Certificate = TlsSection.File(section, "CERTIFICATE"),
            Key = TlsSection.File(section, "KEY"),
            TrustedNetwork = section.Optional<NetworkList>("TRUSTED_NETWORK", Addresses.NetworkAllowed, NetworkList.TryParse, NetworkList.None) ?? NetworkList.None,
            Hosts = section.Texts("HOSTS", "a host name without port", IsHost),
        };
        section.Close();
        Check(http, section);
        return http;
    }

    private static void Check(HttpSettings http, Section section)
    {
        if (http is { Certificate: null, Key: not null })
        {
            section.Context.Fault(section.PathOf("KEY"), "given without CERTIFICATE");
        }

        if (http.Certificate is { } certificate && section.Context.CheckCertificate(certificate, http.Key) is { } fault)
        {
            section.Context.Fault(section.PathOf("CERTIFICATE"), fault);
        }

        if (!IPAddress.IsLoopback(http.Address) && http.Certificate is null && http.TrustedNetwork.IsEmpty)
        {
            section.Context.Fault(
                section.PathOf("ADDRESS"),
                $"listening on {http.Address} without TLS would show tokens to everybody on the way; give CERTIFICATE (and KEY), or name in TRUSTED_NETWORK who may ask without TLS, or stay on loopback behind an SSH tunnel or a proxy on this host");
        }
    }

    private static bool IsHost(string text) => text.Length is > 0 and < 254 && Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
