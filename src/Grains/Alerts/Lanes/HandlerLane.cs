using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// The way of one handler through one partition: hands it the alerts that lie at or above its cursor, and moves cursor, books, parked and kept rows in one transaction when
/// it has judged them. Lives inside the partition's worker and is used by one call at a time.
/// </summary>
public sealed partial class HandlerLane(LaneCursor cursor, ILaneJudge judge, ParkedRoom room, TimeProvider time, ILogger<HandlerLane> log)
{
    public LaneCursor Cursor => cursor;

    public HandlerKey Key => cursor.Key;

    public string Handler => cursor.Key.Handler;

    /// <summary>The others get a batch only when this lane is done with it, and it is never let go.</summary>
    public bool IsFirst => judge is MessageKeeper;

    /// <summary>When this returns, every alert has a durable fate with this handler and the cursor stands at <paramref name="nextOffset"/>. Safe to repeat.</summary>
    public async Task DeliverAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        await cursor.SettleAsync();
        if (nextOffset <= cursor.Next)
        {
            return;
        }

        await room.RequireAsync(Key);
        var first = FirstAtOrAbove(alerts, cursor.Next);
        var due = first == 0 ? alerts : alerts[first..];
        var verdicts = await judge.JudgeAsync(due);
        var tally = new Tally { Consumed = due.Length };
        var parked = new List<NewParked>();
        for (var i = 0; i < due.Length; i++)
        {
            tally.Add(verdicts[i].Fate);
            if (verdicts[i].Fate == Fate.Parked)
            {
                parked.Add(ParkedMessages.Of(due[i], verdicts[i], time));
            }
        }

        if (parked.Count > 0)
        {
            LogParked(Key, parked.Count, parked[0].Offset, parked[0].Reason);
        }

        await cursor.MoveAsync(nextOffset, tally, parked, LastOf(due, nextOffset), due, judge.Keep(due));
    }

    /// <summary>The time of the message just before the offset; null where no message stands there.</summary>
    private static long? LastOf(ImmutableArray<Alert> due, long nextOffset) =>
        due is [.., var last] && last.Location.Offset == nextOffset - 1 ? last.TimestampMicroseconds : null;

    private static int FirstAtOrAbove(ImmutableArray<Alert> alerts, long offset)
    {
        var index = 0;
        while (index < alerts.Length && alerts[index].Location.Offset < offset)
        {
            index++;
        }

        return index;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} parked {Count} messages, the first at offset {Offset}: {Reason}")]
    private partial void LogParked(HandlerKey handler, int count, long offset, string reason);
}
