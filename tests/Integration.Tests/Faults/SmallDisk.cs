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

    /// <summary>Leaves no room at all.</summary>
    public void Fill()
    {
        using var filler = File.Create(Filler);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private string Filler => Path.Combine(Folder, "filler");

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
