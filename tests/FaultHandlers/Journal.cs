using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>
/// Says what a handler was offered, in the order of offering, repeats too: a line <c>topic partition offset id when</c> an alert, appended to the file of option <c>JOURNAL</c>; where that is a folder, to one
/// of this process in it. The last word is the machine's monotonic clock, the same for all processes. Lines survive a kill of the process.
/// </summary>
internal static class Journal
{
    private static readonly ConcurrentDictionary<string, Lock> Gates = new();

    /// <summary>Does nothing for a handler without the option.</summary>
    public static void Write(IHandlerOptions options, AlertBatch batch)
    {
        if (!options.Of(batch.Handler).TryGetValue("JOURNAL", out var file))
        {
            return;
        }

        var path = Directory.Exists(file) ? Path.Combine(file, $"{Environment.ProcessId}") : file;
        var now = Stopwatch.GetTimestamp();
        var lines = new StringBuilder();
        foreach (var alert in batch.Alerts)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{alert.Location.Topic} {alert.Location.Partition} {alert.Location.Offset} {alert.MessageId} {now}\n");
        }

        lock (Gates.GetOrAdd(path, _ => new()))
        {
            File.AppendAllText(path, lines.ToString());
        }
    }
}
