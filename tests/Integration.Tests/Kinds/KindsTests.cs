using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Integration.Tests.MainJob;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;
using TomOrleans.Streams.Kafka;
using TomOrleans.Testing.Front;

namespace TomOrleans.Integration.Tests.Kinds;

/// <summary>The real silo on streams with TLS and logins: a front before the embedded Kafka stands for the brokers of HOPSKOTCH and GCN.</summary>
public sealed class KindsTests : IAsyncLifetime
{
    private const string Secret = "sesame";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-kinds-");
    private readonly EmbeddedKafka _kafka = EmbeddedKafka.Start();
    private readonly TestAuthority _authority = new();
    private readonly SiloPorts _ports = SiloPorts.Free();
    private KafkaFront _front = null!;
    private TokenServer _tokens = null!;

    private Dictionary<string, string> Environment => new() { ["SCIMMA_PASSWORD"] = $"{Secret}-scram", ["WRONG_PASSWORD"] = $"{Secret}-wrong", ["GCN_SECRET"] = _tokens.ClientSecret };

    private Dictionary<string, string> PublisherClient => new()
    {
        ["bootstrap.servers"] = _front.BootstrapServers,
        ["security.protocol"] = "SASL_SSL",
        ["ssl.ca.location"] = _authority.PemFile,
        ["sasl.mechanism"] = "SCRAM-SHA-512",
        ["sasl.username"] = "publisher",
        ["sasl.password"] = $"{Secret}-scram",
    };

    public async ValueTask InitializeAsync()
    {
        _tokens = await TokenServer.StartAsync(_authority.ServerCertificate());
        _front = new KafkaFront(_kafka.BootstrapServers, _authority.ServerCertificate(), new()
        {
            PasswordOf = user => user is "anna-0001" or "publisher" ? $"{Secret}-scram" : null,
            TokenEnd = _tokens.EndOf,
        });
        _kafka.Advertise("127.0.0.1", _front.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await _tokens.DisposeAsync();
        _authority.Dispose();
        _kafka.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Streams_of_each_kind_read_beside_one_that_is_refused_and_no_secret_is_shown()
    {
        _kafka.CreateTopic("hermes.test", 1);
        _kafka.CreateTopic("gcn.circulars", 1);
        var file = await ConfigureAsync();
        await using var silo = await SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), _ports, file, Environment);
        await using var client = await TomClient.ConnectAsync(silo);
        await PublishAsync();
        var status = await client.StatusWhenAsync(
            now => Handled(now, "hermes.test", "hermes") == 20 && Handled(now, "gcn.circulars", "log") == 1 && StateOf(now, "old-password").StartsWith("refused: ", StringComparison.Ordinal),
            "two streams have read and one is refused",
            Limit);

        Assert.Equal(("hopskotch", "connected"), (status.Streams.Single(stream => stream.Id == "hopskotch").Kind, StateOf(status, "hopskotch")));
        Assert.Equal("connected", StateOf(status, "gcn"));
        Assert.Equal("refused: SASL authentication error: Authentication failed during authentication due to invalid credentials", StateOf(status, "old-password"));

        // Absent topics are a problem to one kind and none to the other.
        Assert.Equal(["topic hermes.absent does not exist"], status.Streams.Single(stream => stream.Id == "hopskotch").Problems);
        Assert.Empty(status.Streams.Single(stream => stream.Id == "gcn").Problems);

        var shown = await new TomConsole(_ports, await File.ReadAllTextAsync(Path.Combine(silo.DataFolder, "admin-token"))).RunAsync("status");
        Assert.Contains("refused: SASL authentication error", shown.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var check = await SiloProcess.RunAsync(["--config", file, "--check-config"], Environment);
        Assert.Equal(0, check.ExitCode);
        Assert.Matches("old-password: SASL authentication error: .*; trying again in [56] s", silo.Output);
        Assert.Equal(0, await silo.TerminateAsync(Limit));
        AssertNoSecret(silo, shown.Output + shown.Error + check.Output + check.Error + JsonSerializer.Serialize(status));
    }

    [Fact]
    public async Task A_message_of_ones_own_is_published_as_hop_client_does_and_refused_where_it_cannot_be()
    {
        _kafka.CreateTopic("hermes.test", 1);
        _kafka.CreateTopic("gcn.circulars", 1);
        await using var silo = await SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), _ports, await ConfigureAsync(), Environment);
        var message = Path.Combine(_folder.FullName, "message.json");
        await File.WriteAllBytesAsync(message, PointSeries.Message(1, 1).Record.Value!);
        var console = new TomConsole(_ports, await File.ReadAllTextAsync(Path.Combine(silo.DataFolder, "admin-token")));

        var receipt = await console.JsonAsync("publish", "hopskotch/hermes.test", message, "--test");
        Assert.Equal(("hopskotch", "hermes.test", 0, "0", "json"), (
            receipt.GetProperty("stream").GetString(), receipt.GetProperty("topic").GetString(), receipt.GetProperty("partition").GetInt32(),
            receipt.GetProperty("offset").GetString(), receipt.GetProperty("format").GetString()));
        var record = await ReadBackAsync();
        Assert.Equal(["_id", "_sender", "_format", "_test"], record.Headers.Select(header => header.Name));
        Assert.Equal(receipt.GetProperty("id").GetGuid(), new Guid(record.Headers[0].Value.Span, bigEndian: true));
        Assert.Equal(["anna-0001", "json", "true"], record.Headers.Skip(1).Select(header => Encoding.UTF8.GetString(header.Value.Span)));
        Assert.Equal(await File.ReadAllBytesAsync(message), record.Value);

        await RefusedAsync(console, "gcn.nasa.gov/circulars", "publish", "gcn/gcn.circulars", message);
        await RefusedAsync(console, "has no topic 'hermes.typo'", "publish", "hopskotch/hermes.typo", message);
        await RefusedAsync(console, "invalid credentials; it was not published", "publish", "old-password/hermes.test", message);
        await RefusedAsync(console, "There is no stream 'nowhere'; there are: gcn, hopskotch, old-password", "publish", "nowhere/hermes.test", message);
        await RefusedAsync(console, "say to which stream: gcn/hermes.other, hopskotch/hermes.other, old-password/hermes.other", "publish", "hermes.other", message);
        await RefusedAsync(console, "no file", "publish", "hopskotch/hermes.test", message + ".no");
        await File.WriteAllTextAsync(message, "{ broken");
        await RefusedAsync(console, "The content is not JSON: line 1", "publish", "hopskotch/hermes.test", message);
        Assert.Equal(0, await silo.TerminateAsync(Limit));
        AssertNoSecret(silo, "");
    }

    private static async Task RefusedAsync(TomConsole console, string words, params string[] arguments)
    {
        var (exitCode, output, error) = await console.RunAsync(arguments);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(words, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    private async Task<StreamRecord> ReadBackAsync()
    {
        var settings = new StreamSettings { Id = "check", Client = PublisherClient, GroupId = "check", Topics = ["hermes.test"] };
        await using var reader = new CatchUpReader(settings, NullLogger.Instance, TimeProvider.System);
        return Assert.Single((await reader.ReadAsync(new PartitionRef("hermes.test", 0), 0, TestContext.Current.CancellationToken)).Records);
    }

    [Fact]
    public async Task A_file_of_authorities_that_is_not_there_is_refused_at_the_start()
    {
        var file = await ConfigureAsync(authorities: Path.Combine(_folder.FullName, "missing.pem"));
        var (exitCode, output, error) = await SiloProcess.RunAsync(["--config", file, "--data", Path.Combine(_folder.FullName, "data")], Environment);
        Assert.Equal(1, exitCode);
        Assert.Contains("ALERT_STREAMS[0].OPTIONS.SSL_CA", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
    }

    private async Task<string> ConfigureAsync(string? authorities = null)
    {
        var hopskotch = new Dictionary<string, object>
        {
            ["URL"] = $"kafka://{_front.BootstrapServers}/",
            ["USERNAME"] = "anna-0001",
            ["PASSWORD"] = "${SCIMMA_PASSWORD}",
            ["SSL_CA"] = authorities ?? _authority.PemFile,
            ["START_POSITION"] = "earliest",
            ["TOPIC_HANDLERS"] = new Dictionary<string, object>
            {
                ["hermes.test"] = new { HANDLER = "tom_dataproducts.alertstreams.hermes.hermes_alert_handler", CREATE_TARGETS = "always" },
                ["hermes.absent"] = "log",
            },
        };
        var gcn = new Dictionary<string, object>
        {
            ["GCN_CLASSIC_CLIENT_ID"] = _tokens.ClientId,
            ["GCN_CLASSIC_CLIENT_SECRET"] = "${GCN_SECRET}",
            ["SSL_CA"] = _authority.PemFile,
            ["CONFIG"] = new Dictionary<string, object>
            {
                ["bootstrap.servers"] = _front.BootstrapServers,
                ["sasl.oauthbearer.token.endpoint.url"] = _tokens.Url,
                ["auto.offset.reset"] = "earliest",
            },
            ["TOPIC_HANDLERS"] = new Dictionary<string, object> { ["gcn.circulars"] = "log", ["gcn.classic.text.LVC_INITIAL"] = "log" },
        };
        var configuration = new
        {
            TOM_NAME = "Las Campanas TOM",
            ALERT_STREAMS = new object[]
            {
                new { NAME = "tom_alertstreams.alertstreams.hopskotch.HopskotchAlertStream", OPTIONS = hopskotch },
                new { NAME = "tom_alertstreams.alertstreams.gcn.GCNClassicAlertStream", OPTIONS = gcn },
                new { NAME = "hopskotch", ID = "old-password", OPTIONS = new Dictionary<string, object>(hopskotch) { ["PASSWORD"] = "${WRONG_PASSWORD}" } },
            },
        };
        var file = Path.Combine(_folder.FullName, "tom.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(configuration));
        return file;
    }

    private async Task PublishAsync()
    {
        using var producer = new StreamProducer(PublisherClient);
        for (var i = 0; i < 20; i++)
        {
            await producer.PublishAsync("hermes.test", PointSeries.Message(i, 5).Record, TestContext.Current.CancellationToken);
        }

        await producer.PublishAsync("gcn.circulars", new OutgoingRecord { Value = """{"circularId":1,"subject":"s","body":"b"}"""u8.ToArray() }, TestContext.Current.CancellationToken);
    }

    /// <summary>In nothing that was said or stored.</summary>
    private static void AssertNoSecret(SiloProcess silo, string said)
    {
        Assert.DoesNotContain(Secret, silo.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, said, StringComparison.OrdinalIgnoreCase);
        var files = Directory.GetFiles(silo.DataFolder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) < 0, file));
    }

    private static string StateOf(TomStatus status, string stream) => status.Streams.Single(found => found.Id == stream).State;

    private static long Handled(TomStatus status, string topic, string handler) => Scene.BooksOf(status, topic, handler)?.Handled ?? 0;
}
