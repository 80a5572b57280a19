using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Embedded;

/// <summary>
/// The librdkafka that Confluent.Kafka loaded. Which file that is depends on the system (on Debian 12 the one built for CentOS 8, as the other lacks its SASL library), and
/// two copies in one process would not know each other's handles: so we look at what is loaded instead of naming it.
/// </summary>
internal static class LoadedLibrdkafka
{
    /// <summary>The name in our imports.</summary>
    public const string Name = "librdkafka-as-loaded";

    private static readonly Lazy<nint> Library = new(Find);

    static LoadedLibrdkafka() => NativeLibrary.SetDllImportResolver(
        Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? Library.Value : nint.Zero);

    /// <summary>Must be called before the first import is used.</summary>
    public static void Bind() => _ = Library.Value;

    private static nint Find()
    {
        // Makes Confluent.Kafka load it.
        _ = Confluent.Kafka.Library.Version;
        using var process = Process.GetCurrentProcess();
        var loaded = process.Modules.Cast<ProcessModule>()
            .FirstOrDefault(module => Path.GetFileName(module.FileName).Contains("librdkafka", StringComparison.OrdinalIgnoreCase));
        if (loaded is not null)
        {
            return NativeLibrary.Load(loaded.FileName);
        }

        // macOS does not list what was loaded later; there is one file only.
        return NativeLibrary.Load("librdkafka", typeof(Library).Assembly, null);
    }
}
