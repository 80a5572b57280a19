using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>A network of its own on this machine, as Linux' network namespaces are, with a loopback of its own. Its name says whose it is, so that what a killed run leaves is swept up by the next.</summary>
public sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const string Prefix = "tom-test-";
    private const int NewNetwork = 0x40000000;
    private static int _made;

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>Null where this account may make one.</summary>
    public static async Task<string?> WhyNotAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "network namespaces are made with ip netns, which is for root on Linux";
        }

        try
        {
            await SweepAsync();
            await using var tried = await CreateAsync();
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"this machine lets us make no network namespace: {fault.Message.Trim()}";
        }
    }

    public static async Task<NetworkNamespace> CreateAsync()
    {
        var made = new NetworkNamespace(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _made)}"));
        await IpAsync("netns", "add", made.Name);
        await made.LinkAsync("set", "lo", "up");
        return made;
    }

    /// <summary>A command that runs the given one inside.</summary>
    public IReadOnlyList<string> Enter => ["ip", "netns", "exec", Name];

    /// <summary><c>ip link</c> inside.</summary>
    public Task LinkAsync(params string[] arguments) => IpAsync(["-n", Name, "link", .. arguments]);

    public Task AddressAsync(string address, string device) => IpAsync("-n", Name, "address", "add", address, "dev", device);

    /// <summary>A socket stays in the network that the thread was in which made it.</summary>
    public Socket Open(Func<Socket> make)
    {
        Socket? socket = null;
        Exception? fault = null;

        // A thread of its own, which ends: it is never used for anything outside.
        var inside = new Thread(() =>
        {
            try
            {
                using var network = File.OpenHandle($"/run/netns/{Name}");
                if (SetNamespace(network.DangerousGetHandle().ToInt32(), NewNetwork) != 0)
                {
                    throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                }

                socket = make();
            }
            catch (Exception exception)
            {
                fault = exception;
            }
        });
        inside.Start();
        inside.Join();
        return socket ?? throw new InvalidOperationException($"No socket in {Name}: {fault?.Message}", fault);
    }

    /// <summary>Ends what still runs inside, and takes it away.</summary>
    public async ValueTask DisposeAsync() => await RemoveAsync(Name);

    /// <summary>Takes away what test processes left that are no more.</summary>
    private static async Task SweepAsync()
    {
        foreach (var name in (await IpAsync("netns", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && !Directory.Exists($"/proc/{name[Prefix.Length..].Split('-')[0]}"))
            {
                await RemoveAsync(name);
            }
        }
    }

    private static async Task RemoveAsync(string name)
    {
        foreach (var id in (await IpAsync("netns", "pids", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
                process.Kill();
            }
            catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
            {
                // It has ended meanwhile.
            }
        }

        await IpAsync("netns", "del", name);
    }

    private static async Task<string> IpAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {error}");
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);
}
