using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Tries parked messages again, one after the other. Each is claimed in the database first, so that it is tried once however many ask; a silo that dies over it loses the claim
/// when the lease ends, and the handler's own repeat-safety covers what it had done.
/// </summary>
public sealed partial class ParkedRetry(
    ParkedFates fates, StreamCatalog catalog, HandlerLaneFactory lanes, TimeProvider time, ILogger<ParkedRetry> log)
{
    internal const string Taken = "somebody else is trying it, or has ended it, just now";

    // Longer than the tries of one message can take: each of its calls ends after half a minute.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

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
        string? fault = null;
        foreach (var message in inOrder)
        {
            // What failed us once would fail us again, and the order would be lost.
            fault = fault is null ? await TryAsync(message.Id, judge, tally) : $"one before it met a fault: {fault}";
            if (fault is not null)
            {
                tally.NotTried.Add(new(message.Id, fault));
                LogNotTried(key, message.Offset, fault);
            }
        }
    }

    /// <summary>Null when the try had an outcome; else what failed of ours.</summary>
    private async Task<string?> TryAsync(long id, AlertJudge judge, Tally tally)
    {
        var now = Clock.Microseconds(time);
        var claim = new ParkedClaim(id, now + (long)Lease.TotalMicroseconds);
        try
        {
            if (await fates.ClaimAsync(claim, now) is not { } row)
            {
                tally.NotTried.Add(new(id, Taken));
                return null;
            }

            var verdict = (await judge.JudgeAsync([ParkedMessages.Decode(row)]))[0];
            await SettleAsync(claim, verdict, tally);
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

    private async Task SettleAsync(ParkedClaim claim, Verdict verdict, Tally tally)
    {
        var isParked = verdict.Fate == Fate.Parked;
        var settled = isParked
            ? await fates.ParkAgainAsync(claim, ParkedMessages.ReasonOf(verdict), ParkedMessages.FaultsJson(verdict))
            : await fates.HandleAsync(claim, verdict.Fate == Fate.Ignored);
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
