using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Events;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>
/// Tries parked messages again, one after the other. Each is claimed in the database first, so that it is tried once however many ask; a silo that dies over it loses the claim
/// when the lease ends, and the handler's own repeat-safety covers what it had done.
/// </summary>
public sealed partial class ParkedRetry(
    ParkedFates fates, StreamCatalog catalog, HandlerLaneFactory lanes, EventQueue events, TimeProvider time, ILogger<ParkedRetry> log)
{
    internal const string Taken = "somebody else is trying it, or has ended it, just now";

    /// <summary>The messages' new fates are durable when this returns.</summary>
    public async Task<ParkedRetried> RunAsync(IEnumerable<ParkedHead> messages)
    {
        var tally = new Tally();
        foreach (var ofHandler in messages.OrderBy(message => message.Offset).ThenBy(message => message.Id).GroupBy(message => message.Handler))
        {
            await RunHandlerAsync(ofHandler.Key, ofHandler, tally);
        }

        return new() { Handled = tally.Handled, Ignored = tally.Ignored, StillParked = [.. tally.StillParked], NotTried = [.. tally.NotTried] };
    }

    private async Task RunHandlerAsync(CursorKey cursor, IEnumerable<ParkedHead> inOrder, Tally tally)
    {
        var key = ParkedMessages.HandlerOf(cursor);
        if (catalog.Find(key) is not { } definition)
        {
            var refusal = $"handler {key.Handler} is not configured for {key.Partition.Topic} any more: configure it again, or drop the message";
            tally.NotTried.AddRange(inOrder.Select(message => new ParkedReason(message.Id, refusal)));
            return;
        }

        var judge = lanes.CreateJudge(key, definition);
        var limit = definition.Timeout;
        string? fault = null;
        foreach (var message in inOrder)
        {
            // What failed us once would fail us again, and the order would be lost.
            fault = fault is null ? await TryAsync(message.Id, judge, limit, tally) : $"one before it met a fault: {fault}";
            if (fault is not null)
            {
                tally.NotTried.Add(new(message.Id, fault));
                LogNotTried(key, message.Offset, fault);
            }
        }
    }

    /// <summary>Null when the try had an outcome; else what failed of ours.</summary>
    private async Task<string?> TryAsync(long id, AlertJudge judge, TimeSpan limit, Tally tally)
    {
        var now = Clock.Microseconds(time);
        var claim = new ParkedClaim(id, now + (long)(2 * limit).TotalMicroseconds);
        try
        {
            if (await fates.ClaimAsync(claim, now) is not { } row)
            {
                tally.NotTried.Add(new(id, Taken));
                return null;
            }

            var verdict = (await judge.JudgeAsync([ParkedMessages.Decode(row)]).WaitAsync(limit, time))[0];
            await SettleAsync(claim, row, verdict, tally);
            return null;
        }
        catch (Exception exception)
        {
            // The judge makes a verdict of the handler's faults, so whatever comes here is ours.
            var fault = OneLine.Of(exception.Message);
            await ReleaseAsync(claim);
            return fault;
        }
    }

    private async Task SettleAsync(ParkedClaim claim, ParkedRow row, Verdict verdict, Tally tally)
    {
        var isParked = verdict.Fate == Fate.Parked;
        var now = Clock.Microseconds(time);
        var settled = isParked
            ? await fates.ParkAgainAsync(
                claim, ParkedMessages.ReasonOf(verdict), ParkedMessages.FaultsJson(verdict), RetrySchedule.NextTry(verdict, row.Message.Attempts + 1, now))
            : await fates.HandleAsync(claim, verdict.Fate == Fate.Ignored, now);
        if (!settled)
        {
            tally.NotTried.Add(new(claim.Id, Taken));
        }
        else if (isParked)
        {
            tally.StillParked.Add(new(claim.Id, ParkedMessages.ReasonOf(verdict)));
        }
        else
        {
            tally.Handled += verdict.Fate == Fate.Handled ? 1 : 0;
            events.AlertsHandled(ParkedMessages.HandlerOf(row.Handler), verdict.Fate == Fate.Handled ? 1 : 0, row.Message.Offset);
            tally.Ignored += verdict.Fate == Fate.Ignored ? 1 : 0;
        }
    }

    private async Task ReleaseAsync(ParkedClaim claim)
    {
        try
        {
            await fates.ReleaseAsync(claim);
        }
        catch (Exception exception) when (FaultOfOurs.Is(exception))
        {
            // The lease's end frees it.
            LogNotReleased(claim.Id, exception.Message);
        }
    }

    private sealed class Tally
    {
        public long Handled { get; set; }
        public long Ignored { get; set; }
        public List<ParkedReason> StillParked { get; } = [];
        public List<ParkedReason> NotTried { get; } = [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} could not be asked about parked offset {Offset}, which stays parked: {Reason}")]
    private partial void LogNotTried(HandlerKey handler, long offset, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Parked message {Id} is free again only when its lease ends: {Error}")]
    private partial void LogNotReleased(long id, string error);
}
