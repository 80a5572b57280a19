using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>Each refusal is one clear line with the right exit code.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-refused-");

    [Fact]
    public async Task A_wrong_configuration_is_refused_with_all_its_faults()
    {
        var file = Path.Combine(_folder.FullName, "tom.json");
        await File.WriteAllTextAsync(file, """{ "TOM_NAME": 5, "ALERT_STREAMS": [ { "NAME": "kafak", "OPTIONS": {} } ], "DATA_SHRING": {} }""");
        var (exitCode, output, error) = await SiloProcess.RunAsync(["--config", file, "--check-config"]);
        Assert.Equal(1, exitCode);
        var said = output + error;
        Assert.Contains("TOM_NAME", said, StringComparison.Ordinal);
        Assert.Contains("kafak", said, StringComparison.Ordinal);
        Assert.Contains("DATA_SHARING", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (exitCode, _, error) = await SiloProcess.RunAsync(["--data", _folder.FullName, "--http-port", port.ToString(CultureInfo.InvariantCulture)]);
        Assert.Equal(1, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), line, StringComparison.Ordinal);
        Assert.Contains("--http-port", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(_folder.FullName, "a-file");
        await File.WriteAllTextAsync(file, "");
        var ports = SiloPorts.Free();
        var (exitCode, _, error) = await SiloProcess.RunAsync(["--data", Path.Combine(file, "data")], Environment(ports));
        Assert.Equal(1, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.Contains("--data", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_at_start_is_waited_for_visibly()
    {
        var port = SiloPorts.Free().Http;
        var file = Path.Combine(_folder.FullName, "tom.json");
        await File.WriteAllTextAsync(file, $$"""{ "TOM_NAME": "T", "ALERT_STREAMS": [ { "NAME": "kafka", "ID": "away", "OPTIONS": { "BOOTSTRAP_SERVERS": "127.0.0.1:{{port}}", "GROUP_ID": "g", "TOPIC_HANDLERS": { "a": "log" } } } ] }""");
        await using var silo = await SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), SiloPorts.Free(), file);
        await using var client = await TomClient.ConnectAsync(silo);
        var status = await client.StatusWhenAsync(
            seen => seen.Streams is [{ State: var state }] && state.StartsWith("waiting", StringComparison.Ordinal), "the stream waiting", TimeSpan.FromSeconds(30));
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), status.Streams[0].State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_targets_and_destinations_and_wrong_tokens_are_one_line_and_exit_code_1()
    {
        var ports = SiloPorts.Free();
        await using var silo = await SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), ports);
        await AssertRefusedAsync(new(ports), "no-such-target", "target", "no-such-target");
        await AssertRefusedAsync(new(ports), "nowhere", "share", "anything", "--to", "nowhere");
        await AssertRefusedAsync(new(ports, "0123456789abcdef"), "token", "status");
    }

    [Fact]
    public async Task A_silo_that_is_not_there_is_one_line_and_exit_code_1() =>
        await AssertRefusedAsync(new(SiloPorts.Free()), "cannot reach", "status");

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task AssertRefusedAsync(TomConsole console, string names, params string[] arguments)
    {
        var (exitCode, output, error) = await console.RunAsync(arguments);
        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains(names, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string> Environment(SiloPorts ports) => new()
    {
        ["CLUSTER__SILO_PORT"] = ports.Silo.ToString(CultureInfo.InvariantCulture),
        ["CLUSTER__GATEWAY_PORT"] = ports.Gateway.ToString(CultureInfo.InvariantCulture),
        ["HTTP__PORT"] = ports.Http.ToString(CultureInfo.InvariantCulture),
    };
}
