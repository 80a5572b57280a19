using Microsoft.Extensions.Hosting;

namespace TomOrleans.Grains.Operations;

/// <summary>
/// Gives memory back to the system when much was taken from it and little goes on: who allocates nothing has no collections, and keeps for the whole night what a busy hour took.
/// </summary>
public sealed class MemoryTrim(TimeProvider time) : BackgroundService
{
    private const long Megabyte = 1_000_000;

    /// <summary>Taken from the system; less is not worth the pause [bytes].</summary>
    private const long Much = 400 * Megabyte;

    /// <summary>Allocated in a minute; where it is more the collector runs by itself [bytes].</summary>
    private const long Little = 64 * Megabyte;

    /// <summary>Since the last time, before it may be worth another [bytes].</summary>
    private const long Growth = 100 * Megabyte;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Whether a collection of everything is worth its pause.</summary>
    /// <param name="allocated">In the last minute [bytes].</param>
    /// <param name="committed">Taken from the system [bytes].</param>
    /// <param name="left">What was, after the last such collection: it is in use [bytes].</param>
    public static bool IsWorthIt(long allocated, long committed, long left) => allocated < Little && committed > Much && committed > left + Growth;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var (before, left) = (GC.GetTotalAllocatedBytes(), 0L);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = GC.GetTotalAllocatedBytes();
            if (IsWorthIt(now - before, GC.GetGCMemoryInfo().TotalCommittedBytes, left))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                left = GC.GetGCMemoryInfo().TotalCommittedBytes;
            }

            before = now;
        }
    }
}
