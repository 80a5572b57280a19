using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TomOrleans.Connections;

/// <summary>Who may be at the other end.</summary>
public enum Peer
{
    /// <summary>A silo of this TOM: vouched for by the authority of silos, and made for serving (extended key usage serverAuth), so that a client's certificate does not do even where one authority vouches for both.</summary>
    Silo,

    /// <summary>A client: vouched for by the authority of clients.</summary>
    Client,
}

/// <summary>Judges the certificate of the other end.</summary>
public static class PeerCheck
{
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    /// <summary>Only these authorities count, none of the system's.</summary>
    public static X509ChainPolicy PolicyFor(Peer peer, TlsCertificates certificates)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationFlags = X509VerificationFlags.NoFlag,
        };
        policy.CustomTrustStore.AddRange(peer == Peer.Silo ? certificates.SiloAuthorities : certificates.ClientAuthorities);
        return policy;
    }

    /// <summary>Names are not compared: silos are reached by addresses, and the authority is the TOM's own.</summary>
    public static bool IsAccepted(Peer peer, X509Certificate? certificate, SslPolicyErrors errors) =>
        certificate is X509Certificate2 given
        && (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
        && (peer == Peer.Client || IsMadeFor(given, ServerUsage));

    /// <summary>True where the certificate says so itself; one without extended key usages says nothing.</summary>
    public static bool IsMadeFor(X509Certificate2 certificate, string usage) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Any(oid => oid.Value == usage);
}
