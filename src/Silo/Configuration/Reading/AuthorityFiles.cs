namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>
/// Where the certificate authorities are that brokers and token servers are checked against. librdkafka brings an OpenSSL, and a client for token requests, whose built-in places are
/// those of the machine they were built on: on Linux the file is named to both.
/// </summary>
internal static class AuthorityFiles
{
    public const string TlsProperty = "ssl.ca.location";
    public const string TokenProperty = "https.ca.location";

    /// <summary>OpenSSL's own variable; librdkafka does not look at it.</summary>
    private const string Variable = "SSL_CERT_FILE";

    private static readonly string[] Places =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/certs/ca-bundle.crt",
        "/etc/ssl/cert.pem",
        "/etc/pki/tls/cert.pem",
    ];

    /// <summary>The file that SSL_CERT_FILE names, else the first that this distribution has; null where there is none. Other systems have a store of their own: <c>probe</c>.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> environment)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "probe";
        }

        return environment.TryGetValue(Variable, out var given) && Holds(given) ? given : Array.Find(Places, Holds);
    }

    /// <summary>True for a file with certificates in PEM form, and for a folder.</summary>
    public static bool Holds(string place)
    {
        try
        {
            return Directory.Exists(place) || (File.Exists(place) && File.ReadAllText(place).Contains("CERTIFICATE-----", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>librdkafka takes its words in capitals too.</summary>
    public static bool AsksForTokens(IEnumerable<ClientProperty> properties) => Is(properties, "sasl.oauthbearer.method", "oidc");

    /// <summary>Names the authorities to what will need them and has none yet.</summary>
    public static IEnumerable<ClientProperty> Complete(IReadOnlyCollection<ClientProperty> properties, Section options)
    {
        var needed = new List<string>();
        if (Is(properties, "security.protocol", "ssl", "sasl_ssl") && !properties.Any(property => property.Name is TlsProperty or "ssl.ca.pem"))
        {
            needed.Add(TlsProperty);
        }

        if (AsksForTokens(properties) && !properties.Any(property => property.Name is TokenProperty or "https.ca.pem"))
        {
            needed.Add(TokenProperty);
        }

        if (needed.Count == 0 || !options.IsActive)
        {
            return [];
        }

        if (options.Context.FindAuthorities() is { } place)
        {
            return needed.Select(name => new ClientProperty(name, place));
        }

        options.Context.Fault(
            options.PathOf("SSL_CA"),
            $"missing, and this system has no certificate authorities at any usual place ({Places[0]} ...): install the package ca-certificates, or name a file of PEM certificates");
        return [];
    }

    private static bool Is(IEnumerable<ClientProperty> properties, string name, params string[] values) =>
        properties.Any(property => property.Name == name && values.Contains(property.Value, StringComparer.OrdinalIgnoreCase));
}
