using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace TomOrleans.Bench.Output;

/// <summary>What the figures depend on; nothing that names the machine.</summary>
internal static class MachineFacts
{
    public static IEnumerable<(string Name, string Text)> Now()
    {
        yield return ("date", DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
        yield return ("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        yield return ("dotnet", RuntimeInformation.FrameworkDescription);
        yield return ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024):N0} MiB");
        var gen0 = Environment.GetEnvironmentVariable(Gen0Budget.Variable);
        yield return ("gc", $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {GCSettings.LatencyMode}, gen0 budget {gen0}");
    }

    /// <summary>Of the last minute; other work on the machine shows in it.</summary>
    public static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
