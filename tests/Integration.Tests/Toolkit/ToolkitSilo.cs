using System.Globalization;
using System.Text;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Toolkit;

/// <summary>A silo, and an HTTP client with a contributor's token as another TOM's password.</summary>
public sealed class ToolkitSilo : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-toolkit-");
    private readonly SiloPorts _ports = SiloPorts.Free();
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private SiloProcess? _silo;

    public async ValueTask InitializeAsync()
    {
        var config = Path.Combine(_folder.FullName, "tom.json");
        await File.WriteAllTextAsync(config, """{ "TOM_NAME": "Receiving TOM" }""");
        var data = Path.Combine(_folder.FullName, "data");
        _silo = await SiloProcess.StartAsync(data, _ports, config);
        var (exitCode, output, error) = await SiloProcess.RunAsync(["token", "add", "--role", "contributor", "--name", "other tom", "--config", config, "--data", data]);
        Assert.True(exitCode == 0, error);
        Http.BaseAddress = new($"http://127.0.0.1:{_ports.Http.ToString(CultureInfo.InvariantCulture)}/");
        Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"other:{output.Trim()}")));
        Http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _silo!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
