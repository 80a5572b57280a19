using System.Globalization;
using System.Net;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;
using TomOrleans.Sharing;

namespace TomOrleans.Integration.Tests.Access;

/// <summary>P9: nobody without the right role reads or changes anything. On a silo with a configuration, which the sandbox's openness does not reach.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-access-");
    private readonly SiloPorts _ports = SiloPorts.Free();
    private SiloProcess? _silo;

    private string ConfigFile => Path.Combine(_folder.FullName, "tom.json");

    private string DataFolder => Path.Combine(_folder.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(ConfigFile, """{ "TOM_NAME": "Guarded TOM" }""");
        _silo = await SiloProcess.StartAsync(DataFolder, _ports, ConfigFile);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Web_requests_are_let_in_by_token_and_refused_with_a_foreign_host_or_origin()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new($"http://127.0.0.1:{_ports.Http.ToString(CultureInfo.InvariantCulture)}/") };
        var token = (await File.ReadAllTextAsync(Path.Combine(DataFolder, "admin-token"))).Trim();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, "healthz"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(http, ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(http, "", request => request.Headers.Authorization = new("Token", "0123456789abcdef")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, "", request => request.Headers.Authorization = new("Token", token)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, "", request => request.Headers.Authorization = new("Bearer", token)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, "", request => request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{token}")))));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, "healthz", request => request.Headers.Host = "evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, "signin", request =>
        {
            request.Method = HttpMethod.Post;
            request.Headers.Add("Origin", "http://evil.example");
            request.Content = new FormUrlEncodedContent([new("token", token)]);
        }));
    }

    [Fact]
    public async Task The_sign_in_link_works_once()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var link = _silo!.Output.Split([' ', '\n']).First(word => word.Contains("/signin?code=", StringComparison.Ordinal));

        using var first = await http.GetAsync(new Uri(link));
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        using var again = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var second = await again.GetAsync(new Uri(link));
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
    }

    [Fact]
    public async Task Grain_calls_are_let_in_by_role_and_only_to_what_is_open_to_clients()
    {
        await using var client = await TomClient.ConnectAsync(_silo!);
        var (exitCode, output, error) = await SiloProcess.RunAsync(["token", "add", "--role", "reader", "--name", "dome display", "--config", ConfigFile, "--data", DataFolder]);
        Assert.True(exitCode == 0, error);
        var reader = output.Trim();

        Assert.Equal("Guarded TOM", (await client.CallAsync(reader, grains => grains.Tom().GetStatusAsync())).TomName);
        Assert.Empty((await client.CallAsync(reader, grains => grains.EventFeed().NextAsync(null))).Events);
        await AssertRefusedAsync(TomFault.Unauthenticated, client.CallAsync(null, grains => grains.EventFeed().NextAsync(null)));
        await AssertRefusedAsync(TomFault.Unauthenticated, client.CallAsync<TomStatus>(null, grains => grains.Tom().GetStatusAsync()));
        await AssertRefusedAsync(TomFault.Unauthenticated, client.CallAsync<TomStatus>("0123456789abcdef", grains => grains.Tom().GetStatusAsync()));
        await AssertRefusedAsync(TomFault.Forbidden, client.CallAsync(reader, grains => grains.Sharing("hermes").PreviewAsync(new ShareRequest { Target = "x" })));

        // Not even an admin calls what only grains and silos call.
        var partition = new TopicPartitionName(new("survey", "alerts"), 0);
        await AssertRefusedAsync(TomFault.Forbidden, client.AsAdmin(async grains =>
        {
            await grains.TopicWorker(partition).ReleaseAsync();
            return true;
        }));
        await AssertRefusedAsync(TomFault.Forbidden, client.AsAdmin(grains => grains.GetGrain<IManagementGrain>(0).GetHosts()));
    }

    private static async Task AssertRefusedAsync<T>(TomFault fault, Task<T> call) =>
        Assert.Equal(fault, (await Assert.ThrowsAsync<TomException>(() => call)).Fault);

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
