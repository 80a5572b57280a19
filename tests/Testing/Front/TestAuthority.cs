using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TomOrleans.Testing.Front;

/// <summary>A certificate authority of one test's own, with its certificate as a PEM file.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-ca-");
    private readonly X509Certificate2 _authority;

    public TestAuthority(string name = "Test CA")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow - (2 * Year), DateTimeOffset.UtcNow + Year);
        File.WriteAllText(PemFile, _authority.ExportCertificatePem());
    }

    public string PemFile => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>For a server on 127.0.0.1 or localhost, unless another host is named.</summary>
    public X509Certificate2 ServerCertificate(bool expired = false, string? host = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host ?? "localhost"}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host ?? "localhost");
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var begin = DateTimeOffset.UtcNow - Year;
        var end = DateTimeOffset.UtcNow + (expired ? -TimeSpan.FromDays(1) : TimeSpan.FromDays(30));
        using var certificate = request.Create(_authority, begin, end, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate with its key as two PEM files, for what it is made for; a second call of one name is a renewal.</summary>
    public PemPair Write(string name, bool forServers, bool forClients, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var usages = new OidCollection();
        if (forServers)
        {
            usages.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        }

        if (forClients)
        {
            usages.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, false));
        var end = DateTimeOffset.UtcNow + (expired ? -TimeSpan.FromDays(1) : TimeSpan.FromDays(30));
        using var certificate = request.Create(_authority, DateTimeOffset.UtcNow - Year, end, RandomNumberGenerator.GetBytes(16));
        var files = new PemPair(Path.Combine(_folder.FullName, $"{name}.pem"), Path.Combine(_folder.FullName, $"{name}.key"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}

/// <summary>Two PEM files.</summary>
public sealed record PemPair(string Certificate, string Key);
