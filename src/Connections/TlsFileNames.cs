using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TomOrleans.Connections;

/// <summary>Where the certificates of one end are.</summary>
/// <param name="Certificate">Its own, PEM.</param>
/// <param name="Key">The private key; null where <paramref name="Certificate"/> holds it too.</param>
/// <param name="SiloAuthorities">Who vouches for silos.</param>
/// <param name="ClientAuthorities">Who vouches for clients.</param>
public sealed record TlsFileNames(string Certificate, string? Key, string SiloAuthorities, string ClientAuthorities)
{
    public IReadOnlyList<string> All => [Certificate, Key ?? Certificate, SiloAuthorities, ClientAuthorities];

    /// <summary>Throws <see cref="CertificateException"/>.</summary>
    public TlsCertificates Read() =>
        new(CertificateFiles.ReadOwn(Certificate, Key), CertificateFiles.ReadAuthorities(SiloAuthorities), CertificateFiles.ReadAuthorities(ClientAuthorities));
}

/// <summary>What was in the files.</summary>
public sealed record TlsCertificates(SslStreamCertificateContext Own, X509Certificate2Collection SiloAuthorities, X509Certificate2Collection ClientAuthorities);
