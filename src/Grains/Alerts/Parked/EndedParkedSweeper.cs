using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>Takes out what is left of parked messages that were handled since or dropped, counted from then; the books keep their numbers.</summary>
public sealed class EndedParkedSweeper(ParkedFates fates, TimeProvider time, ILogger<EndedParkedSweeper> log) : AgeSweeper("parked messages that have ended", time, log)
{
    protected override Task<bool> RemoveAsync(long beforeMicroseconds) => fates.RemoveEndedAsync(beforeMicroseconds);
}
