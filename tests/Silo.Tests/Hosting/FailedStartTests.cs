using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Reading;
using TomOrleans.Silo.Hosting;
using TomOrleans.Testing;

namespace TomOrleans.Silo.Tests.Hosting;

/// <summary>Starts that fail after everything looked right: one line that says what to change.</summary>
public sealed class FailedStartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-failed-start-");

    [Theory]
    [InlineData("HTTP.PORT")]
    [InlineData("CLUSTER.SILO_PORT")]
    [InlineData("CLUSTER.GATEWAY_PORT")]
    public async Task A_port_that_is_taken_between_the_look_and_the_bind_is_named_with_its_key(string key)
    {
        var ports = new Dictionary<string, int> { ["HTTP.PORT"] = FreePort.Next(), ["CLUSTER.SILO_PORT"] = FreePort.Next(), ["CLUSTER.GATEWAY_PORT"] = FreePort.Next() };
        var configuration = await ConfigurationAsync(ports);
        Ports.RequireFree(configuration);
        using var other = new TcpListener(IPAddress.Loopback, ports[key]);
        other.Start();

        var fault = await Assert.ThrowsAsync<TomException>(() => StartAsync(configuration));

        Assert.Contains($"{ports[key].ToString(CultureInfo.InvariantCulture)} ({key}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public async Task Whatever_else_fails_is_one_line()
    {
        var configuration = await ConfigurationAsync(new() { ["HTTP.PORT"] = 0, ["CLUSTER.SILO_PORT"] = FreePort.Next(), ["CLUSTER.GATEWAY_PORT"] = FreePort.Next() });
        Directory.CreateDirectory(Path.Combine(configuration.DataPath, "admin-token"));

        var fault = await Assert.ThrowsAsync<TomException>(() => StartAsync(configuration));

        Assert.Contains("admin-token", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public async Task A_silo_that_is_to_leave_the_schema_alone_is_refused_until_somebody_has_migrated_it()
    {
        var configuration = await ConfigurationAsync(new() { ["HTTP.PORT"] = 0, ["CLUSTER.SILO_PORT"] = FreePort.Next(), ["CLUSTER.GATEWAY_PORT"] = FreePort.Next() });

        var fault = await Assert.ThrowsAsync<TomException>(() => Databases.OpenMigratedAsync(configuration));

        Assert.Contains("run 'db migrate' first", fault.Message, StringComparison.Ordinal);
        await (await Databases.OpenAsync(configuration, migrate: true)).DisposeAsync();
        await (await Databases.OpenMigratedAsync(configuration)).DisposeAsync();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task StartAsync(TomConfiguration configuration)
    {
        using var data = DataFolder.Take(configuration.DataPath);
        await using var database = await Databases.OpenAsync(configuration, migrate: true);
        await using var app = SiloApp.Build(configuration, data, database, null);
        await SiloApp.StartAsync(app, configuration, data, null);
        await app.StopAsync();
    }

    private async Task<TomConfiguration> ConfigurationAsync(Dictionary<string, int> ports)
    {
        var file = Path.Combine(_folder.FullName, "tom.json");
        await File.WriteAllTextAsync(file, $$"""
            { "TOM_NAME": "Failed", "DATA_PATH": "{{Path.Combine(_folder.FullName, "data")}}", "HTTP": { "PORT": {{ports["HTTP.PORT"]}} },
              "CLUSTER": { "SILO_PORT": {{ports["CLUSTER.SILO_PORT"]}}, "GATEWAY_PORT": {{ports["CLUSTER.GATEWAY_PORT"]}} } }
            """);
        var reading = TomConfigurationReader.Read(file, new Dictionary<string, string>());
        Assert.Equal("", ConfigurationPrinter.Faults(reading));
        return reading.Configuration!;
    }
}
