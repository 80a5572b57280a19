using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>The real silo program in a process of its own, so that it can be killed like one.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(Process process, SiloPorts ports, string dataFolder)
    {
        _process = process;
        Ports = ports;
        DataFolder = dataFolder;
    }

    public SiloPorts Ports { get; }

    public string DataFolder { get; }

    /// <summary>Used so far, all threads together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its working set [bytes].</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the silo, or a host of somebody's own, and returns when it says that it is ready.</summary>
    /// <param name="enter">A command that runs another one somewhere; null: here.</param>
    public static async Task<SiloProcess> StartAsync(
        string dataFolder, SiloPorts ports, string? configFile = null, IReadOnlyDictionary<string, string>? environment = null, string? program = null, IReadOnlyList<string>? enter = null)
    {
        var silo = Launch(dataFolder, ports, configFile is null ? [] : ["--config", configFile], environment, program ?? Programs.Silo, enter ?? []);
        try
        {
            await silo._ready.Task.WaitAsync(StartLimit);
            return silo;
        }
        catch (Exception exception)
        {
            var output = silo.Output;
            await silo.DisposeAsync();
            throw new InvalidOperationException($"The silo did not become ready. It said:\n{output}", exception);
        }
    }

    /// <summary>Returns when so many lines of what it says fit.</summary>
    public async Task SaidAsync(Predicate<string> fits, int count, TimeSpan limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        using var end = new CancellationTokenSource(limit);
        while (Output.Split('\n').Count(line => fits(line)) < count)
        {
            await timer.WaitForNextTickAsync(end.Token);
        }
    }

    /// <summary>Runs the silo program to its end, for starts that are to be refused and for its verbs.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = new Process { StartInfo = StartInfo(Programs.Silo, arguments, environment, []) };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(StartLimit);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>SIGKILL: nothing of the process runs any more when this returns.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGINT, as Ctrl-C sends it. Returns the exit code.</summary>
    public Task<int> InterruptAsync(TimeSpan limit) => EndAsync("INT", limit);

    /// <summary>SIGTERM, as a supervisor sends it. Returns the exit code.</summary>
    public Task<int> TerminateAsync(TimeSpan limit) => EndAsync("TERM", limit);

    /// <summary>SIGSTOP: the process stands still, and its connections stay open.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on where it stood, and knows nothing of the time between.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Its exit code, when it ends by itself.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task<int> EndAsync(string signal, TimeSpan limit)
    {
        await SignalAsync(signal);
        return await ExitAsync(limit);
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static SiloProcess Launch(string dataFolder, SiloPorts ports, string[] arguments, IReadOnlyDictionary<string, string>? environment, string program, IReadOnlyList<string> enter)
    {
        var all = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["CLUSTER__SILO_PORT"] = ports.Silo.ToString(CultureInfo.InvariantCulture),
            ["CLUSTER__GATEWAY_PORT"] = ports.Gateway.ToString(CultureInfo.InvariantCulture),
        };
        var process = new Process
        {
            StartInfo = StartInfo(program, [.. arguments, "--data", dataFolder, "--http-port", ports.Http.ToString(CultureInfo.InvariantCulture)], all, enter),
            EnableRaisingEvents = true,
        };
        var silo = new SiloProcess(process, ports, dataFolder);
        process.OutputDataReceived += (_, line) => silo.Heard(line.Data);
        process.ErrorDataReceived += (_, line) => silo.Heard(line.Data);
        process.Exited += (_, _) => silo._ready.TrySetException(new InvalidOperationException($"The silo ended with exit code {process.ExitCode}."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return silo;
    }

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> enter)
    {
        // A shell that runs the tests in the background has them ignore SIGINT, and a child would inherit that.
        string[] command = [.. enter, "env", "--default-signal=INT", "dotnet", program, .. arguments];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        Programs.Prepare(info);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private void Heard(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        // The last line of what it says when it is ready.
        if (line.StartsWith("Ctrl-C", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
