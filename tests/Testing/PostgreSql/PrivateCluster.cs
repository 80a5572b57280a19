using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace TomOrleans.Testing.PostgreSql;

/// <summary>A cluster of our own on loopback, made for speed and thrown away. What it answered to be committed outlives its processes, not the machine.</summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    // The server ends when our end of its standard input closes, also when this process is killed. QUIT: at once.
    private const string RunUntilInputEnds = """
        "$@" & server=$!
        read -r _
        kill -QUIT $server
        wait $server
        """;

    // Nothing here has to outlive a power cut. Whole pages are logged all the same: a disk that gets full in the middle of a page tears it, and committed rows with it.
    private static readonly string[] Settings =
        ["fsync=off", "max_connections=300", "listen_addresses=127.0.0.1", "unix_socket_directories="];

    private readonly Func<Task<Process>> _serve;
    private readonly string _folder;
    private Process? _process;

    private PrivateCluster(Process process, Func<Task<Process>> serve, string folder, string connectionString) =>
        (_process, _serve, _folder, ConnectionString) = (process, serve, folder, connectionString);

    /// <summary>Of the database <c>postgres</c>, as superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Throws where the server is not installed.</summary>
    /// <param name="parent">Where its folder is made; null: among temporary files.</param>
    public static Task<PrivateCluster> StartAsync(string? parent = null) =>
        StartAsync(PostgreSqlBinaries.Find() ?? throw new InvalidOperationException("PostgreSQL is not installed (no initdb)"), parent);

    internal static async Task<PrivateCluster> StartAsync(string binaries, string? parent)
    {
        var folder = parent is null ? Directory.CreateTempSubdirectory("tom-postgresql-").FullName : Directory.CreateDirectory(Path.Combine(parent, "postgresql")).FullName;
        var passwordFile = Path.Combine(folder, "password");
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await File.WriteAllTextAsync(passwordFile, password);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "-R", "postgres", folder);
        var data = Path.Combine(folder, "data");
        await RunAsync(AsServerUser(
            Path.Combine(binaries, "initdb"), "-D", data, "-U", "tom", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale=C", "--no-sync"));

        // Between choosing a free port and listening on it somebody else may take it.
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Next();
            try
            {
                var serve = () => ServeAsync(binaries, data, port);
                var process = await serve();
                var connection = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "tom", Password = password, Database = "postgres" };
                return new(process, serve, folder, connection.ConnectionString);
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
            }
        }
    }

    /// <summary>Ends the server at once, in the midst of what it does.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>On the same port, with what was committed before.</summary>
    public async Task StartAgainAsync() => _process ??= await _serve();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Process> ServeAsync(string binaries, string data, int port)
    {
        var server = new List<string> { Path.Combine(binaries, "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture) };
        server.AddRange(Settings.SelectMany(setting => new[] { "-c", setting }));
        var process = Start(["sh", "-c", RunUntilInputEnds, "sh", .. server]);
        var log = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            log.Add(line);
            if (!line.Contains("database system is ready to accept connections", StringComparison.Ordinal))
                continue;

            // Somebody must go on reading, or the server stops when the pipe is full.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return process;
        }

        process.Dispose();
        throw new InvalidOperationException("PostgreSQL did not start:\n" + string.Join('\n', log));
    }

    /// <summary>The server refuses to run as root.</summary>
    private static string[] AsServerUser(params string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", .. command] : command;

    private static Process Start(string[] command)
    {
        var all = AsServerUser(command);
        return Process.Start(new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = false,
            RedirectStandardError = true,
        })!;
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {error}{await output}");
    }
}
