using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// The way of one handler through one partition: hands it the alerts that lie at or above its cursor, and moves cursor, books and parked rows in one transaction when
/// it has judged them. Lives inside the partition's worker and is used by one call at a time.
/// </summary>
public sealed partial class HandlerLane(
    HandlerKey key,
    CursorRow cursor,
    AlertJudge judge,
    ParkedRoom room,
    IIngestWriter writer,
    TimeProvider time,
    ILogger<HandlerLane> log)
{
    private long _nextOffset = cursor.NextOffset;
    private volatile bool _closed;

    public HandlerKey Key => key;

    public string Handler => key.Handler;

    public long NextOffset
    {
        get => Interlocked.Read(ref _nextOffset);
        private set => Interlocked.Exchange(ref _nextOffset, value);
    }

    /// <summary>Brings a cursor that points outside the partition back into it: to the first offset there is, counting what was lost below it.</summary>
    public async Task AlignAsync(PartitionFacts facts)
    {
        if (NextOffset < facts.LowOffset || NextOffset > facts.HighOffset)
        {
            await GoToFirstAsync(facts.LowOffset);
        }
    }

    /// <summary>The broker does not have the next offset: goes to the first one it has. What lies between is lost, and counted; where nothing does, the topic was made again.</summary>
    public async Task GoToFirstAsync(long first)
    {
        if (NextOffset < first)
        {
            LogLost(key, NextOffset, first - 1);
            await MoveAsync(first, new Tally { Lost = first - NextOffset }, []);
        }
        else
        {
            LogRecreated(key, NextOffset, first);
            await MoveAsync(first, new Tally(), []);
        }
    }

    /// <summary>The claim is over: nothing is moved any more.</summary>
    public void Close() => _closed = true;

    /// <summary>When this returns, every alert has a durable fate with this handler and the cursor stands at <paramref name="nextOffset"/>. Safe to repeat.</summary>
    public async Task DeliverAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        if (nextOffset <= NextOffset)
        {
            return;
        }

        await room.RequireAsync(key);
        var first = FirstAtOrAbove(alerts, NextOffset);
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
                LogParked(key, due[i].Location.Offset, verdicts[i].Reason);
            }
        }

        await MoveAsync(nextOffset, tally, parked);
        if (parked.Count > 0)
        {
            room.Note(key, parked);
        }
    }

    private async Task MoveAsync(long nextOffset, Tally tally, List<NewParked> parked)
    {
        var moved = !_closed && await writer.MoveCursorAsync(new CursorMove(
            cursor.Key, cursor.OwnerEpoch, NextOffset, nextOffset, tally.Consumed, tally.Handled, tally.Ignored, tally.Lost, parked));
        if (!moved)
        {
            throw new TomException(TomFault.Conflict, $"The cursor of {key} was claimed by another owner.");
        }

        NextOffset = nextOffset;
    }

    private static int FirstAtOrAbove(ImmutableArray<Alert> alerts, long offset)
    {
        var index = 0;
        while (index < alerts.Length && alerts[index].Location.Offset < offset)
        {
            index++;
        }

        return index;
    }

    private struct Tally
    {
        public long Consumed;
        public long Handled;
        public long Ignored;
        public long Lost;

        public void Add(Fate fate)
        {
            Handled += fate == Fate.Handled ? 1 : 0;
            Ignored += fate == Fate.Ignored ? 1 : 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} parked offset {Offset}: {Reason}")]
    private partial void LogParked(HandlerKey handler, long offset, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} lost offsets {First} to {Last}: the broker no longer has them")]
    private partial void LogLost(HandlerKey handler, long first, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} stood at {Offset}, beyond the end: the topic was made again; reading it from {First}")]
    private partial void LogRecreated(HandlerKey handler, long offset, long first);
}
