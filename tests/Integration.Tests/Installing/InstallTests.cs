using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Installing;

/// <summary>The two commands of docs/operations.md, "Installing it": what they make runs where there is no .NET, no source and nothing on the path.</summary>
[Collection(FaultCollection.Name)]
public sealed class InstallTests : IDisposable
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("tom-install-").FullName;
    private readonly SiloPorts _ports = SiloPorts.Free();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact, Trait("Category", "Long")]
    public async Task Published_silo_runs_without_dotnet_and_the_packed_console_speaks_with_it()
    {
        var (silo, packages, tools, data) = (In("silo"), In("packages"), In("tools"), In("data"));
        await BuildAsync("publish", Path.Combine("src", "Silo"), "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", silo);
        await BuildAsync("pack", Path.Combine("src", "Client"), "-c", "Release", "-o", packages);
        await DotnetAsync("tool", "install", "--tool-path", tools, "--add-source", packages, "TomOrleans.Tool");

        using var process = Bare(Path.Combine(silo, "TomOrleans.Silo"), "--data", data, "--http-port", _ports.Http.ToString(CultureInfo.InvariantCulture));
        try
        {
            var output = process.StandardOutput;
            var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            using (var end = new CancellationTokenSource(StartLimit))
            {
                while (await output.ReadLineAsync(end.Token) is { } line && !line.StartsWith("Ctrl-C", StringComparison.Ordinal))
                {
                }
            }

            _ = output.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.False(process.HasExited, process.HasExited ? await complaints : null);
            await PageIsWholeAsync();

            var (exitCode, answer, error) = await RunAsync(Path.Combine(tools, "tom"), new() { ["TOM_TOKEN"] = await File.ReadAllTextAsync(Path.Combine(data, "admin-token"), TestContext.Current.CancellationToken) }, "status", "--json", "--gateway", $"127.0.0.1:{_ports.Gateway}");
            Assert.True(exitCode == 0, error);
            Assert.NotEqual(0, JsonDocument.Parse(answer).RootElement.GetProperty("targets").GetInt64());
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The page and what it asks for, which are files of packages and of ours.</summary>
    private async Task PageIsWholeAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports.Http}") };
        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var files = page.Split('"').Where(text => text.EndsWith(".css", StringComparison.Ordinal) || text.EndsWith(".js", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var answer = await http.GetAsync(new Uri($"/{file.TrimStart('/')}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{file}: {answer.StatusCode}");
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    /// <summary>Beside the output of the tests, which other tests run.</summary>
    private Task BuildAsync(string verb, string project, params string[] options) =>
        DotnetAsync([verb, Path.Combine(Programs.Root, project), .. options, "--artifacts-path", In("artifacts"), "--nologo", "-v", "q", "-p:RunAnalyzers=false"]);

    private static async Task DotnetAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync("dotnet", [], arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}: {error}{output}");
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        Programs.Prepare(info);
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value.Trim();
        }

        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(BuildLimit, TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>A program on a machine that has nothing else.</summary>
    private Process Bare(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        info.Environment.Clear();
        info.Environment["HOME"] = _folder;
        info.Environment["CLUSTER__SILO_PORT"] = _ports.Silo.ToString(CultureInfo.InvariantCulture);
        info.Environment["CLUSTER__GATEWAY_PORT"] = _ports.Gateway.ToString(CultureInfo.InvariantCulture);
        return Process.Start(info)!;
    }
}
