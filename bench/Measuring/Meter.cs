using System.Diagnostics;

namespace TomOrleans.Bench.Measuring;

/// <summary>The process's clocks and counters at one moment.</summary>
internal sealed record Meter(long Timestamp, TimeSpan Cpu, long AllocatedBytes, int Gen0, int Gen2, TimeSpan Paused)
{
    public static Meter Read()
    {
        using var process = Process.GetCurrentProcess();
        return new(Stopwatch.GetTimestamp(), process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0), GC.CollectionCount(2), GC.GetTotalPauseDuration());
    }

    /// <summary>What it took from here on, for so many items.</summary>
    public Measurement Until(Meter end, long items) => new()
    {
        Seconds = Stopwatch.GetElapsedTime(Timestamp, end.Timestamp).TotalSeconds,
        Items = items,
        CpuMicrosecondsPerItem = (end.Cpu - Cpu).TotalMicroseconds / items,
        BytesPerItem = (double)(end.AllocatedBytes - AllocatedBytes) / items,
        Gen0 = end.Gen0 - Gen0,
        Gen2 = end.Gen2 - Gen2,
        PausedMicrosecondsPerItem = (end.Paused - Paused).TotalMicroseconds / items,
    };
}
