using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TomOrleans.Connections;

/// <summary>Reads PEM files. Messages name files, never what is in them.</summary>
public static class CertificateFiles
{
    /// <summary>The first certificate of the file with its private key, and what follows it in the file as the way to its authority.</summary>
    /// <param name="certificate">File of certificates.</param>
    /// <param name="key">File of its private key, unencrypted; null where the same file holds it.</param>
    public static SslStreamCertificateContext ReadOwn(string certificate, string? key)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate);
            var own = X509Certificate2.CreateFromPemFile(certificate, key ?? certificate);
            if (own.NotAfter.ToUniversalTime() <= DateTime.UtcNow)
            {
                throw new CertificateException($"{certificate} expired at {own.NotAfter.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}");
            }

            if (OperatingSystem.IsWindows())
            {
                // Windows' TLS takes no key that lives in memory only.
                own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
            }

            return SslStreamCertificateContext.Create(own, [.. chain.Skip(1)], offline: true);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new CertificateException($"{certificate}{(key is null ? "" : $" with {key}")} is no PEM certificate with its unencrypted private key ({fault.Message})", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{certificate}{(key is null ? "" : $" or {key}")} cannot be read ({fault.Message})", fault);
        }
    }

    /// <summary>Certificates of authorities, at least one.</summary>
    public static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new CertificateException($"{file} is no PEM file of certificates ({fault.Message})", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{file} cannot be read ({fault.Message})", fault);
        }

        return authorities.Count > 0 ? authorities : throw new CertificateException($"{file} holds no certificate");
    }
}
