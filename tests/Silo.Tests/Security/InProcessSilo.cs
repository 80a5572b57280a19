using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Reading;
using TomOrleans.Silo.Hosting;
using TomOrleans.Storage;
using TomOrleans.Testing;

namespace TomOrleans.Silo.Tests.Security;

/// <summary>A whole silo in this process, as the program builds it, so that its endpoints can be listed; with a token of each role.</summary>
public sealed class InProcessSilo : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-doors-");
    private readonly Dictionary<TomRole, string> _tokens = [];
    private readonly int _siloPort = FreePort.Next();
    private DataFolder? _data;
    private TomDatabase? _database;
    private WebApplication? _app;

    /// <summary>More keys of the configuration file, each with a comma behind it.</summary>
    internal string Settings { get; init; } = "";

    public WebApplication App => _app!;

    public Uri Address => new(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public int GatewayPort { get; } = FreePort.Next();

    public string TokenOf(TomRole role) => _tokens[role];

    /// <summary>A client from outside, at the gateway's port: the silo's own grain factory needs no token.</summary>
    public async Task<IHost> ConnectAsync()
    {
        var host = new HostBuilder()
            .UseOrleansClient(client => client
                .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, GatewayPort))
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("tomorleans", "tomorleans")))
            .Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Writes the file anew, with these keys in place of <see cref="Settings"/>.</summary>
    internal void WriteSettings(string settings) => File.WriteAllText(ConfigFile, $$"""
        { {{settings}} "TOM_NAME": "Doors", "DATA_PATH": "{{Path.Combine(_folder.FullName, "data")}}", "HTTP": { "PORT": 0 },
          "CLUSTER": { "SILO_PORT": {{_siloPort}}, "GATEWAY_PORT": {{GatewayPort}}, "DASHBOARD": true } }
        """);

    public async ValueTask InitializeAsync()
    {
        WriteSettings(Settings);
        var reading = ReadFile();
        Assert.Equal("", ConfigurationPrinter.Faults(reading));
        var configuration = reading.Configuration! with { Source = new(reading, ReadFile) };
        _data = DataFolder.Take(configuration.DataPath);
        _database = await Databases.OpenAsync(configuration, migrate: true);
        _app = SiloApp.Build(configuration, _data, _database, null);
        await SiloApp.StartAsync(_app, configuration, _data, null);
        foreach (var role in Enum.GetValues<TomRole>().Where(role => role != TomRole.Silo))
        {
            _tokens[role] = await _app.Services.GetRequiredService<TokenRoles>().IssueAsync(role, $"a {role}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _data?.Dispose();
        _folder.Delete(recursive: true);
    }

    private string ConfigFile => Path.Combine(_folder.FullName, "tom.json");

    private ConfigurationReading ReadFile() => TomConfigurationReader.Read(ConfigFile, new Dictionary<string, string>());
}
