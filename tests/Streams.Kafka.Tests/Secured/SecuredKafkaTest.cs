using System.Security.Cryptography.X509Certificates;
using TomOrleans.Testing.Front;

namespace TomOrleans.Streams.Kafka.Tests.Secured;

/// <summary>An embedded Kafka behind a front with TLS and logins.</summary>
public abstract class SecuredKafkaTest : KafkaTest
{
    protected const string User = "anna-0001";
    protected const string Password = "sesame-scram";
    private const string Publisher = "publisher";
    private KafkaFront? _front;

    private protected SecuredKafkaTest() => Authority = AtEnd(new TestAuthority());

    private protected TestAuthority Authority { get; }

    /// <summary>What the broker knows as the user's password.</summary>
    protected string PasswordAtBroker { get; set; } = Password;

    /// <summary>Through the front too, as that is the broker's address for everybody.</summary>
    private protected override Dictionary<string, string> ProducerClient => new(Client)
    {
        ["bootstrap.servers"] = _front!.BootstrapServers,
        ["security.protocol"] = "SASL_SSL",
        ["ssl.ca.location"] = Authority.PemFile,
        ["sasl.mechanism"] = "PLAIN",
        ["sasl.username"] = Publisher,
        ["sasl.password"] = Publisher,
    };

    /// <summary>To be opened before anything is published.</summary>
    private protected KafkaFront Open(TokenServer? tokens = null) => Open(Authority.ServerCertificate(), tokens);

    private protected KafkaFront Open(X509Certificate2 certificate, TokenServer? tokens = null)
    {
        _front = AtEnd(new KafkaFront(Kafka.BootstrapServers, AtEnd(certificate), new()
        {
            PasswordOf = user => user switch { User => PasswordAtBroker, Publisher => Publisher, _ => null },
            TokenEnd = token => tokens?.EndOf(token),
        }));
        Kafka.Advertise("127.0.0.1", _front.Port);
        return _front;
    }

    private protected StreamSettings Scram(KafkaFront front, string password = Password, string mechanism = "SCRAM-SHA-512") => Secured(front, new()
    {
        ["sasl.mechanism"] = mechanism,
        ["sasl.username"] = User,
        ["sasl.password"] = password,
    });

    private protected StreamSettings Oidc(KafkaFront front, TokenServer tokens, string? secret = null) => Secured(front, new()
    {
        ["sasl.mechanism"] = "OAUTHBEARER",
        ["sasl.oauthbearer.method"] = "oidc",
        ["sasl.oauthbearer.client.id"] = tokens.ClientId,
        ["sasl.oauthbearer.client.secret"] = secret ?? tokens.ClientSecret,
        ["sasl.oauthbearer.token.endpoint.url"] = tokens.Url,
        ["https.ca.location"] = Authority.PemFile,
    });

    private protected async Task<(RecordingSink Sink, KafkaLog Log)> StartLoggedAsync(StreamSettings settings)
    {
        var sink = new RecordingSink();
        var log = new KafkaLog();
        await Consumer(settings, sink, log).StartAsync(TestContext.Current.CancellationToken);
        return (sink, log);
    }

    /// <summary>All secrets of these tests begin alike.</summary>
    private protected static void AssertNoSecret(RecordingSink sink, KafkaLog log)
    {
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("sesame", StringComparison.Ordinal));
        Assert.DoesNotContain(sink.States.Concat(sink.Last.Problems), text => text.Contains("sesame", StringComparison.Ordinal));
    }

    private StreamSettings Secured(KafkaFront front, Dictionary<string, string> login) => Settings("alerts") with
    {
        Client = new Dictionary<string, string>(login)
        {
            // Our own pace, as users have it.
            ["bootstrap.servers"] = front.BootstrapServers,
            ["security.protocol"] = "SASL_SSL",
            ["ssl.ca.location"] = Authority.PemFile,
        },
    };
}
