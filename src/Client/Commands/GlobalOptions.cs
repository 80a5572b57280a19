using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Connection;
using TomOrleans.Connections;

namespace TomOrleans.Client.Commands;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<Gateways> _gateway = Parsed.Option(
        "--gateway",
        "host:port",
        $"The silo's gateway (default {Gateways.Default}); several of one cluster with commas between, of which one that answers is enough.",
        (string text, out Gateways value) => Gateways.TryParse(text, out value!),
        "host:port, e.g. 127.0.0.1:30000 or [::1]:30000, or several with commas between");

    private readonly Option<string> _token = new("--token")
    {
        HelpName = "text",
        Description = "The token to show the silo. Better in TOM_TOKEN: a command line is seen by others of the machine. "
            + "Without either, the admin token that a silo of this machine wrote is used.",
    };

    private readonly Option<string> _cluster = new("--cluster-id")
    {
        HelpName = "id",
        Description = $"The cluster's id (default TOM_CLUSTER_ID, else {ConnectionSettings.DefaultCluster}).",
    };

    private readonly Option<string> _service = new("--service-id")
    {
        HelpName = "id",
        Description = $"The service's id (default TOM_SERVICE_ID, else {ConnectionSettings.DefaultCluster}).",
    };

    private readonly Option<string> _certificate = new("--tls-certificate")
    {
        HelpName = "file",
        Description = "PEM file of this client's certificate, for gateways with TLS (default TOM_TLS_CERTIFICATE).",
    };

    private readonly Option<string> _key = new("--tls-key")
    {
        HelpName = "file",
        Description = "PEM file of its private key (default TOM_TLS_KEY, else the file of the certificate).",
    };

    private readonly Option<string> _authority = new("--tls-ca")
    {
        HelpName = "file",
        Description = "PEM file of the authority that vouches for the silos (default TOM_TLS_CA); needed with --tls-certificate.",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON document and nothing else.",
    };

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { _gateway, _token, _cluster, _service, _certificate, _key, _authority, _json })
        {
            option.Recursive = true;
            root.Add(option);
        }
    }

    public bool IsJson(ParseResult arguments) => arguments.GetValue(_json);

    public ConnectionSettings Connection(ParseResult arguments, Surroundings surroundings)
    {
        var gateways = arguments.GetValue(_gateway) ?? Gateways.Default;
        return new()
        {
            Gateways = gateways,
            ClusterId = arguments.GetValue(_cluster) ?? NullIfEmpty(surroundings.Variable("TOM_CLUSTER_ID")) ?? ConnectionSettings.DefaultCluster,
            ServiceId = arguments.GetValue(_service) ?? NullIfEmpty(surroundings.Variable("TOM_SERVICE_ID")) ?? ConnectionSettings.DefaultCluster,
            Token = TokenSource.Find(arguments.GetValue(_token), gateways, surroundings),
            Tls = Tls(arguments, surroundings),
            ConnectTimeout = ConnectTimeout(surroundings),
        };
    }

    /// <summary>TOM_CONNECT_TIMEOUT in seconds, for slow lines and busy machines.</summary>
    private static TimeSpan ConnectTimeout(Surroundings surroundings)
    {
        if (NullIfEmpty(surroundings.Variable("TOM_CONNECT_TIMEOUT")) is not { } text)
        {
            return surroundings.ConnectTimeout;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new RefusedException($"TOM_CONNECT_TIMEOUT is '{text}' and must be a number of seconds from 0.1 to 3600");
    }

    /// <summary>Throws <see cref="RefusedException"/> where one of the files is missing.</summary>
    private TlsFileNames? Tls(ParseResult arguments, Surroundings surroundings)
    {
        var certificate = arguments.GetValue(_certificate) ?? NullIfEmpty(surroundings.Variable("TOM_TLS_CERTIFICATE"));
        var authority = arguments.GetValue(_authority) ?? NullIfEmpty(surroundings.Variable("TOM_TLS_CA"));
        if (certificate is null && authority is null)
        {
            return null;
        }

        return certificate is not null && authority is not null
            ? new(certificate, arguments.GetValue(_key) ?? NullIfEmpty(surroundings.Variable("TOM_TLS_KEY")), authority, authority)
            : throw new RefusedException(certificate is null
                ? "--tls-ca (TOM_TLS_CA) is given without --tls-certificate (TOM_TLS_CERTIFICATE): both are needed for gateways with TLS"
                : "--tls-certificate (TOM_TLS_CERTIFICATE) is given without --tls-ca (TOM_TLS_CA): both are needed for gateways with TLS");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
