using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>The console program <c>tom</c>, run as a person runs it.</summary>
public sealed class TomConsole(string gateways, string? token = null, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? enter = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public TomConsole(SiloPorts ports, string? token = null, IReadOnlyDictionary<string, string>? environment = null)
        : this($"127.0.0.1:{ports.Gateway.ToString(CultureInfo.InvariantCulture)}", token, environment)
    {
    }

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The running program, for those who end it.</summary>
    public Process Start(params string[] arguments)
    {
        string[] command = [.. enter ?? [], "dotnet", Programs.Client, .. arguments, "--gateway", gateways];
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        Programs.Prepare(info);

        // Tests share their machine with many others.
        info.Environment["TOM_CONNECT_TIMEOUT"] = "60";
        if (token is not null)
        {
            info.Environment["TOM_TOKEN"] = token;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }

    /// <summary>Runs a command that has to succeed and reads its JSON document.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync([.. arguments, "--json"]);
        Assert.True(exitCode == 0, $"tom {string.Join(' ', arguments)} ended with {exitCode}: {error}");
        return JsonDocument.Parse(output).RootElement;
    }
}
