using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Integration.Tests.Toolkit;

/// <summary>One with PostgreSQL; skips its tests where there is none.</summary>
public sealed class PostgreSqlToolkitSilo(PostgreSqlServer server) : ToolkitSilo
{
    protected override async Task<string?> DatabaseAsync()
    {
        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        return await server.CreateDatabaseAsync();
    }
}

/// <summary>A silo, and an HTTP client with a contributor's token as another TOM's password.</summary>
public class ToolkitSilo : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-toolkit-");
    private readonly SiloPorts _ports = SiloPorts.Free();
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>The contributor's.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The first admin's.</summary>
    public string AdminToken => File.ReadAllText(Path.Combine(_silo!.DataFolder, "admin-token")).Trim();

    /// <summary>With that token, and the password of the stand-in's account.</summary>
    public TomConsole Console => ConsoleWith(("TOM_IMPORT_PASSWORD", StandInToolkit.Password));

    private SiloProcess? _silo;

    public TomConsole ConsoleWith((string Name, string Value) variable) => new(_ports, Token, new Dictionary<string, string> { [variable.Name] = variable.Value });

    public async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return (JsonObject)JsonNode.Parse(text)!;
    }

    public async Task<JsonObject> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return (JsonObject)JsonNode.Parse(text)!;
    }

    public async ValueTask InitializeAsync()
    {
        var config = Path.Combine(_folder.FullName, "tom.json");
        var database = await DatabaseAsync();
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            TOM_NAME = "Receiving TOM",
            CLUSTER = database is null ? (object)new { KIND = "local" } : new { KIND = "postgresql", CONNECTION = database },
        }));
        var data = Path.Combine(_folder.FullName, "data");
        _silo = await SiloProcess.StartAsync(data, _ports, config);
        var (exitCode, output, error) = await SiloProcess.RunAsync(["token", "add", "--role", "contributor", "--name", "other tom", "--config", config, "--data", data]);
        Assert.True(exitCode == 0, error);
        Token = output.Trim();
        Http.BaseAddress = new($"http://127.0.0.1:{_ports.Http.ToString(CultureInfo.InvariantCulture)}/");
        Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"other:{Token}")));
        Http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_silo is not null)
        {
            await _silo.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Connection string of PostgreSQL; null for SQLite.</summary>
    protected virtual Task<string?> DatabaseAsync() => Task.FromResult<string?>(null);
}
