using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TomOrleans.Connections;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.Front;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>CLUSTER.TLS and HTTP.CERTIFICATE on real silos: silos and clients are let in by certificates, told apart, and renewed without a restart.</summary>
public sealed class GuardedPortsTests(PostgreSqlServer server) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _foreign = new("Foreign CA");

    [Fact]
    public async Task Silos_and_console_work_together_over_mutual_TLS_and_nobody_else_gets_in()
    {
        await using var scene = await ClusterScene.CreateAsync(server);
        var silos = await Task.WhenAll(
            scene.StartSiloAsync("one", environment: CertificatesOf("silo-one")), scene.StartSiloAsync("two", environment: CertificatesOf("silo-two")));
        await using var one = silos[0];
        await using var two = silos[1];
        var client = _authority.Write("client", forServers: false, forClients: true);
        var token = (await File.ReadAllTextAsync(Path.Combine(one.DataFolder, "admin-token"))).Trim();

        // Half of the partitions is read in either silo and reported to grains that live in either.
        await scene.Database.CursorsWhenAsync(
            cursors => cursors.Select(cursor => cursor.Owner).Distinct().Count() == 2, "both silos reading", Limit);
        await Load.ProduceAsync(scene.Kafka, 200);
        await scene.Database.CursorsWhenAsync(
            cursors => cursors.Where(cursor => cursor.Handler == "hermes").Sum(cursor => cursor.Handled) == 200, "200 messages handled over both silos", Limit);
        var status = await ConsoleOf(one, token, client).JsonAsync("status");
        Assert.Equal(["one", "two"], status.GetProperty("silos").EnumerateArray().Select(silo => silo.GetProperty("name").GetString()).Order());
        Assert.Equal(200, status.GetProperty("points").GetInt64());

        await AssertRefusedAsync(ConsoleOf(one, token, _foreign.Write("client", forServers: false, forClients: true)), "the TLS greeting failed");
        await AssertRefusedAsync(new TomConsole(one.Ports, token), "--tls-certificate");

        // A client's certificate is good at the gateway, and not at the port of silos.
        Assert.True(await IsLetInAsync(one.Ports.Gateway, client));
        Assert.False(await IsLetInAsync(one.Ports.Silo, client));
        Assert.True(await IsLetInAsync(one.Ports.Silo, _authority.Write("silo-three", forServers: true, forClients: true)));
        Assert.False(await IsLetInAsync(one.Ports.Silo, _foreign.Write("silo", forServers: true, forClients: true)));
        await one.SaidAsync(line => line.Contains("was refused: its certificate is not that of a silo of this TOM", StringComparison.Ordinal), 1, Limit);
    }

    [Fact]
    public async Task Renewed_files_count_from_the_next_connection_on_and_half_a_renewal_changes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("tom-renewal-");
        var config = Path.Combine(folder.FullName, "tom.json");
        await File.WriteAllTextAsync(config, """{ "TOM_NAME": "Guarded TOM" }""");
        var web = _authority.Write("web", forServers: true, forClients: false);
        var environment = new Dictionary<string, string>(CertificatesOf("silo")) { ["HTTP__CERTIFICATE"] = web.Certificate, ["HTTP__KEY"] = web.Key };
        var ports = SiloPorts.Free();
        await using (var silo = await SiloProcess.StartAsync(Path.Combine(folder.FullName, "data"), ports, config, environment))
        {
            var client = _authority.Write("client", forServers: false, forClients: true);
            var (gateway, page) = (await SerialAsync(ports.Gateway, client), await SerialAsync(ports.Http, null));

            _authority.Write("silo", forServers: true, forClients: true);
            _authority.Write("web", forServers: true, forClients: false);

            Assert.NotEqual(gateway, await SerialAsync(ports.Gateway, client));
            Assert.NotEqual(page, await SerialAsync(ports.Http, null));
            gateway = await SerialAsync(ports.Gateway, client);
            await File.WriteAllTextAsync(_authority.Write("half", forServers: true, forClients: true).Key, "nothing yet");
            await File.WriteAllTextAsync(environment["CLUSTER__TLS__KEY"], "-----BEGIN PRIVATE KEY-----\nhalf");
            Assert.Equal(gateway, await SerialAsync(ports.Gateway, client));
            await silo.SaidAsync(line => line.Contains("Renewed certificates cannot be used", StringComparison.Ordinal), 1, Limit);

            using var http = new HttpClient(new SocketsHttpHandler { SslOptions = TrustOurs(host: null) });
            var port = ports.Http.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"https://localhost:{port}/healthz"))).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"https://127.0.0.1:{port}/healthz"))).StatusCode);
            // By hand: HttpClient would hold the certificate against the header.
            await using var tls = await GreetAsync(ports.Http, null);
            await tls.WriteAsync("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"u8.ToArray());
            using var answer = new StreamReader(tls);
            Assert.StartsWith("HTTP/1.1 403", await answer.ReadLineAsync(), StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _foreign.Dispose();
    }

    private Dictionary<string, string> CertificatesOf(string name)
    {
        var files = _authority.Write(name, forServers: true, forClients: true);
        return new()
        {
            ["CLUSTER__TLS__CERTIFICATE"] = files.Certificate,
            ["CLUSTER__TLS__KEY"] = files.Key,
            ["CLUSTER__TLS__CA"] = _authority.PemFile,
        };
    }

    private TomConsole ConsoleOf(SiloProcess silo, string token, PemPair client) => new(silo.Ports, token, new Dictionary<string, string>
    {
        ["TOM_TLS_CERTIFICATE"] = client.Certificate,
        ["TOM_TLS_KEY"] = client.Key,
        ["TOM_TLS_CA"] = _authority.PemFile,
    });

    private static async Task AssertRefusedAsync(TomConsole console, string words)
    {
        var (exitCode, output, error) = await console.RunAsync("status");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(words, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <summary>Greets as this peer. In TLS 1.3 who is refused learns it at the first read.</summary>
    private async Task<bool> IsLetInAsync(int port, PemPair files)
    {
        try
        {
            await using var tls = await GreetAsync(port, files);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            return await tls.ReadAsync(new byte[1], limit.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            // Orleans waits for us to speak.
            return true;
        }
        catch (Exception refusal) when (refusal is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private async Task<string> SerialAsync(int port, PemPair? files)
    {
        await using var tls = await GreetAsync(port, files);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    private async Task<SslStream> GreetAsync(int port, PemPair? files)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(files is null
            ? TrustOurs()
            : GuardedConnections.ClientOptions(new TlsFileNames(files.Certificate, files.Key, _authority.PemFile, _authority.PemFile).Read()));
        return tls;
    }

    private SslClientAuthenticationOptions TrustOurs(string? host = "localhost") => new()
    {
        TargetHost = host,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_authority.PemFile) },
        },
    };
}
