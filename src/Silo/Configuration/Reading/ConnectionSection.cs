using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>How a kind of stream reaches its broker, in librdkafka's properties.</summary>
/// <param name="Properties">Server, security and account.</param>
/// <param name="UserName">As whom; null where the kind has no option for it.</param>
internal sealed record Connection(ImmutableArray<ClientProperty> Properties, string? UserName = null);

internal static partial class ConnectionSection
{
    private const string Line = "a text of one line";
    private const int KafkaPort = 9092;

    /// <summary>Public brokers with many quiet topics: one waiting request each half second is enough, it is answered as soon as there is a message.</summary>
    private static readonly (string, string?) Patience = ("fetch.wait.max.ms", "500");

    public static Connection Read(StreamKind kind, Section options) => kind switch
    {
        StreamKind.Hopskotch => ReadHopskotch(options),
        StreamKind.Gcn => ReadGcn(options),
        StreamKind.Kafka => new([.. Given(("bootstrap.servers", options.Required<string>("BOOTSTRAP_SERVERS", "HOST:PORT, or several with commas between", TryServers)))]),
        _ => new([]),
    };

    private static Connection ReadHopskotch(Section options)
    {
        var server = options.Required<string>("URL", "kafka://HOST[:PORT]/ of one broker, without topics and user", TryBrokerUrl);
        var user = options.Required<string>("USERNAME", Line, Names.TryLine);
        var password = options.Secret("PASSWORD", required: true);
        return new(
            [.. Given(
                ("bootstrap.servers", server),
                ("security.protocol", "SASL_SSL"),
                ("sasl.mechanism", "SCRAM-SHA-512"),
                ("sasl.username", user),
                ("sasl.password", password?.Reveal()),
                Patience)],
            user);
    }

    private static Connection ReadGcn(Section options)
    {
        var client = options.Required<string>("GCN_CLASSIC_CLIENT_ID", Line, Names.TryLine);
        var secret = options.Secret("GCN_CLASSIC_CLIENT_SECRET", required: true);
        var domain = options.Optional<string>("DOMAIN", "the name of a host", TryHost, "gcn.nasa.gov");
        return new(
            [.. Given(
                ("bootstrap.servers", $"kafka.{domain}:{KafkaPort}"),
                ("security.protocol", "SASL_SSL"),
                ("sasl.mechanism", "OAUTHBEARER"),
                ("sasl.oauthbearer.method", "oidc"),
                ("sasl.oauthbearer.client.id", client),
                ("sasl.oauthbearer.client.secret", secret?.Reveal()),
                ("sasl.oauthbearer.token.endpoint.url", $"https://auth.{domain}/oauth2/token"),
                Patience)],
            client);
    }

    private static IEnumerable<ClientProperty> Given(params (string Name, string? Value)[] properties) =>
        properties.Where(property => property.Value is not null).Select(property => new ClientProperty(property.Name, property.Value!));

    private static bool TryBrokerUrl(string text, out string server)
    {
        var legal = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "kafka" && url.AbsolutePath is "" or "/"
            && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;
        server = legal ? string.Create(CultureInfo.InvariantCulture, $"{url!.Host}:{(url.Port < 0 ? KafkaPort : url.Port)}") : "";
        return legal && TryServers(server, out server);
    }

    private static bool TryHost(string text, out string host)
    {
        host = text;
        return Uri.CheckHostName(text) == UriHostNameType.Dns;
    }

    private static bool TryServers(string text, out string servers)
    {
        servers = text;
        return text.Split(',').All(server => Server().IsMatch(server.Trim()));
    }

    [GeneratedRegex(@"\A(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?\z")]
    private static partial Regex Server();
}
