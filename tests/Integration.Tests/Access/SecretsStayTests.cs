using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Access;

/// <summary>P9: what was set as a secret is in no log, answer, error, page, file or table, whatever goes wrong with it.</summary>
public sealed class SecretsStayTests(PostgreSqlServer server) : IAsyncDisposable
{
    private readonly List<string> _secrets =
    [
        "sesame-hermes-key-7731", "sesame-kafka-password-7732", "sesame-hop-password-7733", "sesame-gcn-secret-7734", "sesame-tom-password-7735",
        "sesame-publisher-password-7736", "sesame-webhook-secret-7737", "sesame-webhook-path-7738", "sesame-notice-path-7739",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-secrets-");
    private readonly SiloPorts _ports = SiloPorts.Free();
    private readonly StringBuilder _seen = new();
    private SiloProcess? _silo;

    private string ConfigFile => Path.Combine(_folder.FullName, "tom.json");

    private string DataFolder => Path.Combine(_folder.FullName, "data");

    private Dictionary<string, string> Environment => new(_secrets.Select((secret, at) => KeyValuePair.Create($"K{at + 1}", secret)))
    {
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__TomOrleans"] = "Trace",
    };

    private async Task StartAsync(object cluster)
    {
        // Nobody listens at port 9: every connection fails, with whatever words the libraries have for it.
        var handlers = new Dictionary<string, string> { ["alerts"] = "hermes" };
        await File.WriteAllTextAsync(ConfigFile, JsonSerializer.Serialize(new
        {
            TOM_NAME = "Secretive TOM",
            CLUSTER = cluster,
            NOTICES = new { URL = "http://127.0.0.1:9/${K9}", SECRET = "${K7}" },
            DATA_SHARING = new Dictionary<string, object>
            {
                ["hermes"] = new { BASE_URL = "http://127.0.0.1:9/", HERMES_API_KEY = "${K1}" },
                ["not-my-tom"] = new { BASE_URL = "http://127.0.0.1:9/", USERNAME = "anna", PASSWORD = "${K5}" },
                ["scimma"] = new { KIND = "hopskotch", URL = "kafka://127.0.0.1:9/", USERNAME = "anna", PASSWORD = "${K6}", USER_TOPICS = new[] { "alerts" } },
            },
            ALERT_STREAMS = new object[]
            {
                new
                {
                    NAME = "kafka",
                    OPTIONS = new
                    {
                        BOOTSTRAP_SERVERS = "127.0.0.1:9",
                        GROUP_ID = "anna-2",
                        CONFIG = new Dictionary<string, string> { ["security.protocol"] = "SASL_PLAINTEXT", ["sasl.mechanism"] = "SCRAM-SHA-512", ["sasl.username"] = "anna", ["sasl.password"] = "${K2}" },
                        TOPIC_HANDLERS = new { alerts = new object[] { "hermes", new { HANDLER = "webhook", URL = "http://127.0.0.1:9/${K8}", SECRET = "${K7}" } } },
                    },
                },
                new { NAME = "hopskotch", OPTIONS = new { URL = "kafka://127.0.0.1:9/", USERNAME = "anna", PASSWORD = "${K3}", TOPIC_HANDLERS = handlers } },
                new { NAME = "gcn", OPTIONS = new { GCN_CLASSIC_CLIENT_ID = "anna", GCN_CLASSIC_CLIENT_SECRET = "${K4}", DOMAIN = "localhost", TOPIC_HANDLERS = handlers } },
            },
        }));
        _silo = await SiloProcess.StartAsync(DataFolder, _ports, ConfigFile, Environment);
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Secrets_are_nowhere_but_where_they_were_set()
    {
        await StartAsync(new { KIND = "local" });
        await AssertSecretsStayAsync();
    }

    [Fact]
    public async Task Secrets_are_not_in_PostgreSQL_either_nor_is_its_own()
    {
        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        var database = await server.CreateDatabaseAsync();
        var connection = new NpgsqlConnectionStringBuilder(database);

        // Where the server asks for none, any will do.
        _secrets.Add(connection.Password ?? "sesame-database-password-7740");
        connection.Password = null;
        await StartAsync(new { KIND = "postgresql", CONNECTION = $"{connection};Password=${{K10}}" });
        await AssertSecretsStayAsync();
        var dump = Path.Combine(_folder.FullName, "dump.sql");
        await PostgreSqlTool.RunAsync("pg_dump", database, $"--file={dump}");
        var dumped = await File.ReadAllTextAsync(dump);
        Assert.Contains("CREATE TABLE", dumped, StringComparison.Ordinal);
        Assert.All(_secrets, secret => Assert.DoesNotContain(secret, dumped, StringComparison.Ordinal));
    }

    private async Task AssertSecretsStayAsync()
    {
        var admin = (await File.ReadAllTextAsync(Path.Combine(DataFolder, "admin-token"))).Trim();
        var console = new TomConsole(_ports, admin);
        foreach (var command in new string[][]
        {
            ["target", "add", "M31", "--ra", "10.68", "--dec", "41.27"], ["status"], ["doctor"], ["doctor", "--json"], ["topics"], ["config", "reload"], ["share", "M31", "--to", "hermes:hermes.test"],
            ["share", "M31", "--to", "not-my-tom"], ["share", "M31", "--to", "scimma:alerts"], ["shares"], ["share", "show", "1"], ["share", "show", "2"], ["share", "show", "3"], ["notices"], ["publish", "alerts", ConfigFile, "--stream", "kafka"],
        })
        {
            var (_, output, error) = await console.RunAsync(command);
            See(output, error);
        }

        await PagesAsync(admin);
        foreach (var arguments in new string[][] { ["--check-config"], ["token", "list"], ["db", "status"] })
        {
            var (_, output, error) = await SiloProcess.RunAsync(["--config", ConfigFile, .. arguments], Environment);
            See(output, error);
        }

        // What is wrong beside a secret is told without it.
        var faulty = Path.Combine(_folder.FullName, "faulty.json");
        await File.WriteAllTextAsync(faulty, (await File.ReadAllTextAsync(ConfigFile)).Replace("SCRAM-SHA-512", "SCRAM-SHA-513", StringComparison.Ordinal).Replace("\"PASSWORD\"", "\"PASWORD\"", StringComparison.Ordinal));
        var refused = await SiloProcess.RunAsync(["--config", faulty, "--check-config"], Environment);
        Assert.Equal(1, refused.ExitCode);
        See(refused.Output, refused.Error);

        Assert.Equal(0, await _silo!.TerminateAsync(TimeSpan.FromSeconds(40)));
        See(_silo.Output);
        Assert.All(_secrets, secret => Assert.DoesNotContain(secret, _seen.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(admin, _seen.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(DataFolder, "*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(file);
            Assert.All(_secrets, secret => Assert.True(content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{secret} is in {file}"));
            Assert.True(Path.GetFileName(file) == "admin-token" || content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(admin)) < 0, $"the admin token is in {file}");
        }
    }

    private async Task PagesAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_ports.Http.ToString(CultureInfo.InvariantCulture)}/") };
        foreach (var path in new[] { "", "streams", "outbox", "readyz", "metrics", "openapi/v1.json", "api/destinations", "api/silos", "api/topics", "signin", "nowhere" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Token", token) } };
            using var response = await http.SendAsync(request);
            See(response.ToString(), await response.Content.ReadAsStringAsync());
        }
    }

    private void See(params string[] texts)
    {
        foreach (var text in texts)
        {
            _seen.AppendLine(text);
        }
    }
}
