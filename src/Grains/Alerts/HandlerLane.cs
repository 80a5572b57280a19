using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// The way of one handler through one partition: hands it the alerts that lie at or above its cursor, and moves cursor, books and parked rows in one transaction when
/// it has judged them. Lives inside the partition's worker and is used by one call at a time.
/// </summary>
public sealed partial class HandlerLane(
    HandlerKey key,
    HandlerDefinition definition,
    CursorRow cursor,
    IAlertHandler handler,
    IIngestWriter writer,
    TimeProvider time,
    ILogger<HandlerLane> log)
{
    /// <summary>Tries of an alert on its own before it is parked.</summary>
    private const int QuickTries = 2;

    public string Handler => key.Handler;

    public long NextOffset { get; private set; } = cursor.NextOffset;

    /// <summary>Brings a cursor that points outside the partition back into it: to the first offset there is, counting what was lost below it.</summary>
    public async Task AlignAsync(PartitionFacts facts)
    {
        if (NextOffset < facts.LowOffset)
        {
            LogLost(key, NextOffset, facts.LowOffset - 1);
            await MoveAsync(facts.LowOffset, new Tally { Lost = facts.LowOffset - NextOffset }, []);
        }
        else if (NextOffset > facts.HighOffset)
        {
            LogRecreated(key, NextOffset, facts.HighOffset);
            await MoveAsync(facts.LowOffset, new Tally(), []);
        }
    }

    /// <summary>When this returns, every alert has a durable fate with this handler and the cursor stands at <paramref name="nextOffset"/>. Safe to repeat.</summary>
    public async Task DeliverAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        if (nextOffset <= NextOffset)
        {
            return;
        }

        var first = FirstAtOrAbove(alerts, NextOffset);
        var due = first == 0 ? alerts : alerts[first..];
        var verdicts = await JudgeAsync(due);
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
    }

    private async Task MoveAsync(long nextOffset, Tally tally, List<NewParked> parked)
    {
        var moved = await writer.MoveCursorAsync(new CursorMove(
            cursor.Key, cursor.OwnerEpoch, NextOffset, nextOffset, tally.Consumed, tally.Handled, tally.Ignored, tally.Lost, parked));
        if (!moved)
        {
            throw new TomException(TomFault.Conflict, $"The cursor of {key} was claimed by another owner.");
        }

        NextOffset = nextOffset;
    }

    private async Task<Verdict[]> JudgeAsync(ImmutableArray<Alert> due)
    {
        var verdicts = new Verdict[due.Length];
        var forHandler = ImmutableArray.CreateBuilder<Alert>(due.Length);
        var positions = new List<int>(due.Length);
        for (var i = 0; i < due.Length; i++)
        {
            if (Screen(due[i]) is { } verdict)
            {
                verdicts[i] = verdict;
            }
            else
            {
                forHandler.Add(due[i]);
                positions.Add(i);
            }
        }

        if (positions.Count > 0)
        {
            var judged = await AskHandlerAsync(forHandler.DrainToImmutable());
            for (var i = 0; i < positions.Count; i++)
            {
                verdicts[positions[i]] = judged[i];
            }
        }

        return verdicts;
    }

    /// <summary>What the handler need not see.</summary>
    private Verdict? Screen(Alert alert) =>
        alert.IsTest && definition.IgnoreTest ? Verdict.Ignored("test message")
        : alert.Fault is { } fault ? Verdict.Parked(fault)
        : null;

    private async Task<ImmutableArray<Verdict>> AskHandlerAsync(ImmutableArray<Alert> alerts)
    {
        try
        {
            return await AskAsync(alerts);
        }
        catch (Exception exception) when (!FaultOfOurs.Is(exception))
        {
            // One alert of the batch makes the handler throw: each on its own finds it.
            LogHandlerThrew(key, alerts.Length, exception.Message);
        }

        var verdicts = ImmutableArray.CreateBuilder<Verdict>(alerts.Length);
        foreach (var alert in alerts)
        {
            verdicts.Add(await AskSinglyAsync(alert));
        }

        return verdicts.MoveToImmutable();
    }

    private async Task<Verdict> AskSinglyAsync(Alert alert)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await AskAsync([alert]))[0];
            }
            catch (Exception exception) when (!FaultOfOurs.Is(exception))
            {
                if (attempt == QuickTries)
                {
                    return Verdict.Parked($"handler {definition.Name} failed: {OneLine.Of(exception.Message)}");
                }
            }
        }
    }

    private async Task<ImmutableArray<Verdict>> AskAsync(ImmutableArray<Alert> alerts)
    {
        var outcome = await handler.HandleAsync(new AlertBatch(key, alerts));
        return outcome.Verdicts.Length == alerts.Length
            ? outcome.Verdicts
            : throw new InvalidOperationException($"it judged {outcome.Verdicts.Length} of {alerts.Length} alerts");
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} threw on a batch of {Count} ({Error}); trying them one by one")]
    private partial void LogHandlerThrew(HandlerKey handler, int count, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} lost offsets {First} to {Last}: the broker no longer has them")]
    private partial void LogLost(HandlerKey handler, long first, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} stood at {Offset}, beyond the end {End}: the topic was made again; reading it from its start")]
    private partial void LogRecreated(HandlerKey handler, long offset, long end);
}
