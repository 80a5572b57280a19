using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>Takes the tries of submissions out of the history, counted from when they began.</summary>
public sealed class AttemptSweeper(OutboxTable outbox, TimeProvider time, ILogger<AttemptSweeper> log) : AgeSweeper("tries of shares", time, log)
{
    protected override Task<bool> RemoveAsync(long beforeMicroseconds) => outbox.RemoveAttemptsAsync(beforeMicroseconds);
}
