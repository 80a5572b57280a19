using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Messages;

/// <summary>
/// Takes out of the message log what is older than ARCHIVE, and of each stream the oldest beyond ARCHIVE_BYTES. In pieces of a few milliseconds, with the writer's other work
/// between them. Every silo looks; a piece that another one is at is left to it.
/// </summary>
public sealed partial class RetentionSweeper(
    MessageTable messages, MessageRetention retention, StreamCatalog catalog, TimeProvider time, ILogger<RetentionSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>For topics whose messages are no longer kept: what there is goes in its time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Removes all that has to go now; answers how many messages went. Safe to repeat.</summary>
    public async Task<long> SweepAsync(CancellationToken cancellation)
    {
        var removed = 0L;
        foreach (var stream in (await messages.UseAsync(cancellation)).Where(use => use.Messages > 0).GroupBy(use => use.Stream))
        {
            var uses = stream.ToList();
            var excess = uses.Sum(use => use.Bytes) - BytesOf(stream.Key);
            foreach (var use in uses)
            {
                var (count, bytes) = await RemoveOldAsync(use, cancellation);
                (removed, excess) = (removed + count, excess - bytes);
            }

            removed += await RemoveExcessAsync(uses, excess, cancellation);
        }

        if (removed > 0)
        {
            LogRemoved(removed);
        }

        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(Period, fault.Message);
            }
        }
    }

    private async Task<(long Count, long Bytes)> RemoveOldAsync(KeptUse use, CancellationToken cancellation)
    {
        var keepFor = catalog.Find(new TopicName(use.Stream, use.Topic))?.Handlers.FirstOrDefault(handler => handler.Name == MessageKeeper.Name)?.KeepFor ?? Longest;
        var before = Clock.Microseconds(time) - (long)keepFor.TotalMicroseconds;
        var (count, bytes) = (0L, 0L);
        (int Messages, long Bytes) piece;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            piece = await retention.RemoveAsync(use.CursorId, before);
            (count, bytes) = (count + piece.Messages, bytes + piece.Bytes);
        }
        while (piece.Messages == MessageRetention.Piece);
        return (count, bytes);
    }

    /// <summary>A piece at a time from the partition that has the oldest message.</summary>
    private async Task<long> RemoveExcessAsync(List<KeptUse> uses, long excess, CancellationToken cancellation)
    {
        var removed = 0L;
        if (excess <= 0)
        {
            return removed;
        }

        var oldest = new PriorityQueue<long, long>((await retention.OldestAsync([.. uses.Select(use => use.CursorId)], cancellation)).Select(entry => (entry.Key, entry.Value)));
        while (excess > 0 && oldest.TryDequeue(out var cursor, out _))
        {
            var (count, bytes) = await retention.RemoveAsync(cursor, long.MaxValue, excess);
            (removed, excess) = (removed + count, excess - bytes);
            if (count > 0 && (await retention.OldestAsync([cursor], cancellation)).TryGetValue(cursor, out var next))
            {
                oldest.Enqueue(cursor, next);
            }
        }

        return removed;
    }

    private long BytesOf(string stream) =>
        catalog.Streams.FirstOrDefault(definition => definition.Id == stream)?.ArchiveBytes ?? StreamDefinition.DefaultArchiveBytes;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} messages were taken out of the log")]
    private partial void LogRemoved(long count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message log could not be shortened, next try in {Pause}: {Error}")]
    private partial void LogFailed(TimeSpan pause, string error);
}
