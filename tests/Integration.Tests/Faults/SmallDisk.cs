using System.Diagnostics;
using System.Globalization;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>A folder that is a disk of its own, of a size one can change: a tmpfs.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Null with a reason where this account may not mount.</summary>
    public static async Task<(SmallDisk? Disk, string? Reason)> MountAsync(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return (null, "a small disk is made with mount, which is for root on Linux");
        }

        var folder = Directory.CreateTempSubdirectory("tom-disk-").FullName;
        var fault = await RunAsync("mount", "-t", "tmpfs", "-o", SizeOf(megabytes), "tmpfs", folder);
        return fault.Length == 0 ? (new(folder), null) : (null, $"this machine does not let us mount: {fault.Trim()}");
    }

    public async Task ResizeAsync(int megabytes) => Assert.Equal("", await RunAsync("mount", "-o", $"remount,{SizeOf(megabytes)}", Folder));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static string SizeOf(int megabytes) => string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");

    /// <summary>What it complained of; empty when it did it.</summary>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"{program} ended with {process.ExitCode}: {error}";
    }
}
