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

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
