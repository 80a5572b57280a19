using Microsoft.Extensions.Logging;
using TomOrleans.Grains.Events;
using TomOrleans.Sharing;
using TomOrleans.Storage;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>
/// Sends what is due for one destination, one submission at a time: claim, build once, note that it is sent, send, note the outcome; each step is durable before the next. What was noted as
/// sent and has no outcome may have arrived, so it is never sent again: it waits, unconfirmed.
/// </summary>
internal sealed partial class OutboxSender(
    IPhotometryDestination destination,
    ShareDrafter drafter,
    OutboxTable outbox,
    SharingInstruments instruments,
    EventQueue events,
    TimeProvider time,
    ILogger log)
{
    private static readonly TimeSpan PauseBetweenWrites = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PauseAfterFailedBuild = TimeSpan.FromMinutes(1);

    private readonly string _owner = Guid.NewGuid().ToString("N");
    private bool _isStopping;
    private int _failures;
    private long _pausedUntil;

    private string Name => destination.Options.Name;

    /// <summary>Ends the work after the submission under way.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Works until nothing is due. Throws when something of ours failed.</summary>
    /// <returns>How long the destination is left alone after a failure; null when it did not fail.</returns>
    public async Task<TimeSpan?> SendDueAsync()
    {
        while (!_isStopping && !IsPaused())
        {
            var now = Clock.Microseconds(time);
            switch (await outbox.ClaimNextAsync(Name, _owner, now, LeaseEnd(now)))
            {
                case { Unbuilt: { } share } claim:
                    await BuildAsync(share, claim.Points);
                    break;
                case { Submission: { } submission }:
                    await TryAsync(submission);
                    break;
                default:
                    await outbox.ReleaseAsync(Name, _owner);
                    return null;
            }
        }

        // Nothing is under way now: another silo need not wait for the lease to run out.
        await outbox.ReleaseAsync(Name, _owner);
        var left = _pausedUntil - Clock.Microseconds(time);
        return left > 0 ? TimeSpan.FromMicroseconds(left) : _isStopping ? null : TimeSpan.Zero;
    }

    private bool IsPaused() => Clock.Microseconds(time) < _pausedUntil;

    private long LeaseEnd(long now) => now + (long)destination.Options.Lease.TotalMicroseconds;

    private async Task BuildAsync(ShareRow share, IReadOnlyList<PointKey> points)
    {
        SubmissionPlan plan;
        try
        {
            plan = await drafter.BuildAsync(share, points);
        }
        catch (Exception fault)
        {
            // This share's matter, as far as one can tell here: it steps aside, so that those behind it go on.
            LogBuildFailed(fault, share.Id, Name, PauseAfterFailedBuild);
            var due = Clock.Microseconds(time) + (long)PauseAfterFailedBuild.TotalMicroseconds;
            await outbox.SettleUnbuiltAsync(share.Id, _owner, (int)ShareState.Queued, OneLine.Of(fault.Message), due);
            return;
        }

        if (plan.Refusal is { } refusal)
        {
            await outbox.SettleUnbuiltAsync(share.Id, _owner, (int)ShareState.Rejected, refusal, null);
            LogNotBuilt(share.Id, Name, refusal);
            events.ShareEnded(share.Id, Name, ShareState.Rejected, refusal);
            return;
        }

        foreach (var reason in ShareSelection.Describe(plan.LeftOut))
        {
            LogLeftOut(share.Id, Name, reason);
        }

        var parts = plan.Parts.Select((part, i) => new NewSubmission(part.Key, i, part.Body, part.Points)).ToList();
        await outbox.BuildAsync(share.Id, _owner, LeaseEnd(Clock.Microseconds(time)), parts);
    }

    private async Task TryAsync(ClaimedSubmission claimed)
    {
        var submission = claimed.Submission;
        if (submission.State == (int)ShareState.Sending)
        {
            // Its sender ended, or lost the lease, between sending and the outcome.
            await CompleteAsync(submission, new SendOutcome.Ambiguous("the silo ended before the answer came: nobody can say whether it arrived"), TimeSpan.Zero, isDestinations: false);
            return;
        }

        var started = time.GetTimestamp();
        if (!await outbox.MarkSentAsync(submission.Key, _owner, Clock.Microseconds(time)))
        {
            // Another silo has the lease now, or the message came back on its topic meanwhile: not ours to send.
            return;
        }

        var outcome = await destination.SendAsync(claimed.Body);
        await CompleteAsync(submission, outcome, time.GetElapsedTime(started), isDestinations: true);
    }

    private async Task CompleteAsync(SubmissionRow submission, SendOutcome outcome, TimeSpan duration, bool isDestinations)
    {
        var now = Clock.Microseconds(time);
        if (isDestinations)
        {
            PaceBy(submission, outcome, now);
        }

        var result = Result(submission.Key, outcome, now);
        var noted = await NoteAsync(result);
        if (!noted && outcome is SendOutcome.Delivered delivered)
        {
            // Somebody took the submission for ambiguous meanwhile; the proof counts all the same.
            noted = await outbox.ConfirmAsync(submission.Key, delivered.Receipt);
        }

        if (noted)
        {
            LogOutcome(submission.Key, submission.ShareId, Name, (ShareState)result.State, result.Receipt ?? result.Error);
            instruments.OnTried(Name, (ShareState)result.State, duration);
            events.ShareEnded(submission.ShareId, Name, (ShareState)result.State, result.Receipt ?? result.Error);
        }
    }

    /// <summary>
    /// The fault of an answer that failed is the destination's, so all its shares wait: of a destination that hangs, each further one would end as unconfirmed. After a restart the submission's
    /// own tries tell how long.
    /// </summary>
    private void PaceBy(SubmissionRow submission, SendOutcome outcome, long now)
    {
        if (outcome is SendOutcome.Delivered or SendOutcome.Refused)
        {
            _failures = 0;
            return;
        }

        _failures = Math.Max(_failures, submission.Attempts) + 1;
        var pause = destination.Options.Retry.Pause(_failures, (outcome as SendOutcome.Retry)?.RetryAfter, Random.Shared.NextDouble());
        _pausedUntil = now + (long)pause.TotalMicroseconds;
    }

    private SubmissionOutcome Result(Guid key, SendOutcome outcome, long now) => outcome switch
    {
        SendOutcome.Delivered delivered => new(key, _owner, (int)ShareState.Delivered, delivered.Receipt, null, null, now),
        SendOutcome.Refused refused => new(key, _owner, (int)ShareState.Rejected, null, refused.Words, null, now),
        SendOutcome.Retry retry => new(key, _owner, (int)ShareState.Queued, null, retry.Reason, _pausedUntil, now),
        SendOutcome.Ambiguous ambiguous => new(key, _owner, (int)ShareState.Unconfirmed, null, ambiguous.Reason, null, now),
        _ => throw new InvalidOperationException($"no rule for {outcome.GetType().Name}"),
    };

    /// <summary>An outcome that is not noted makes the submission ambiguous: worth some patience with the database, as long as the lease lasts.</summary>
    private async Task<bool> NoteAsync(SubmissionOutcome result)
    {
        var deadline = LeaseEnd(result.AtMicroseconds);
        while (true)
        {
            try
            {
                return await outbox.CompleteAsync(result);
            }
            catch (StorageUnavailableException fault) when (Clock.Microseconds(time) < deadline)
            {
                LogNotNoted(fault, result.Key, Name, (ShareState)result.State, result.Receipt ?? result.Error);
                await Task.Delay(PauseBetweenWrites, time);
            }
        }
    }
}
