using TomOrleans.Connections;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>CLUSTER.TLS: certificates of the ports between silos, and between silos and clients. Files are relative to that of the configuration.</summary>
internal static class TlsSection
{
    public const string FileAllowed = "a PEM file, relative to this file";

    public static TlsFileNames? Read(Section cluster)
    {
        if (cluster.Take("TLS") is null)
        {
            return null;
        }

        var section = cluster.Object("TLS");
        var certificate = File(section, "CERTIFICATE", required: true);
        var key = File(section, "KEY");
        var silos = File(section, "CA", required: true);
        var clients = File(section, "CLIENT_CA") ?? silos;
        section.Close();
        if (certificate is null || silos is null || clients is null)
        {
            return null;
        }

        var names = new TlsFileNames(certificate, key, silos, clients);
        if (section.Context.CheckTls(names) is { } fault)
        {
            section.Context.Fault(section.Path, fault);
        }

        return names;
    }

    /// <summary>The whole path; null where it is not given.</summary>
    public static string? File(Section section, string key, bool required = false)
    {
        var text = required ? section.Required<string>(key, FileAllowed, Names.TryLine) : section.Optional<string>(key, FileAllowed, Names.TryLine);
        return text is null ? null : Path.GetFullPath(text, section.Context.Folder);
    }

    /// <summary>A silo is a server to other silos and a client of them: its certificate has to be made for both.</summary>
    public static string? Check(TlsFileNames names)
    {
        try
        {
            var own = names.Read().Own.TargetCertificate;
            return PeerCheck.IsMadeFor(own, PeerCheck.ServerUsage) && PeerCheck.IsMadeFor(own, PeerCheck.ClientUsage)
                ? null
                : $"{names.Certificate} is no silo's certificate: its extended key usage has to name serverAuth and clientAuth";
        }
        catch (CertificateException fault)
        {
            return ShownText.Escape(fault.Message);
        }
    }

    public static string? CheckCertificate(string certificate, string? key)
    {
        try
        {
            CertificateFiles.ReadOwn(certificate, key);
            return null;
        }
        catch (CertificateException fault)
        {
            return ShownText.Escape(fault.Message);
        }
    }
}
