using Microsoft.Extensions.Logging;
using TomOrleans.Grains.Events;
using TomOrleans.Sharing;
using TomOrleans.Storage;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>What is left when a sender stops working.</summary>
/// <param name="WakeIn">When there is something to do again; null when nothing is due by itself.</param>
/// <param name="IsHeldUp">The destination is left alone: what is queued meanwhile waits too.</param>
internal readonly record struct SenderRest(TimeSpan? WakeIn, bool IsHeldUp);

/// <summary>
/// Sends what is due for one destination, one submission at a time: claim, build once and note that it is sent, send, note the outcome and claim the next; each step is durable before the next, in
/// as few transactions as there are steps. What was noted as sent and has no outcome may have arrived, so it is looked for before anything else is done with it.
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

    /// <summary>A destination that does not tell our name is asked again so late, and what is in doubt for that alone looked for.</summary>
    private static readonly TimeSpan PauseWhileNameless = TimeSpan.FromMinutes(1);

    /// <summary>After that a person must say.</summary>
    private static readonly TimeSpan LongestNameless = TimeSpan.FromDays(1);

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(50);

    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly DestinationPacer _pacer = new(destination.Options, time);
    private OutboxClaim? _next;
    private bool _isStopping;
    private long _askSenderFrom = long.MinValue;

    private string Name => destination.Options.Name;

    /// <summary>Ends the work after the submission under way.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Works until nothing is due. Throws when something of ours failed.</summary>
    public async Task<SenderRest> SendDueAsync()
    {
        _pacer.Load(await outbox.StandingAsync(Name));
        _next = null;
        SenderRest? rest = null;
        while (!_isStopping && rest is null)
        {
            rest = _pacer.IsOrdered ? new(null, IsHeldUp: true) : _pacer.Wait() is { } wait ? new(wait, IsHeldUp: true) : await WorkAsync();
        }

        // Nothing is under way now: another silo need not wait for the lease to run out.
        await outbox.ReleaseAsync(Name, _owner);
        return rest ?? default;
    }

    /// <summary>An order changed how the destination stands. What was mended may be our account.</summary>
    public async Task ReloadAsync()
    {
        _askSenderFrom = long.MinValue;
        _pacer.Load(await outbox.StandingAsync(Name));
    }

    /// <summary>One step of work; where there is none the rest.</summary>
    private async Task<SenderRest?> WorkAsync()
    {
        var now = Clock.Microseconds(time);
        var claimed = _next ?? await outbox.ClaimNextAsync(Name, _owner, now, LeaseEnd(now));
        _next = null;
        switch (claimed)
        {
            case { Unbuilt: { } share } claim:
                await BuildAsync(share, claim.Points);
                return null;
            case { Submission: { Submission.State: (int)ShareState.Sending } inDoubt }:
                await LookUpAsync(inDoubt);
                return null;
            case { Submission: { } submission }:
                await TryAsync(submission);
                return null;
            default:
                return new(await NextDueAsync(), IsHeldUp: false);
        }
    }

    private long LeaseEnd(long now) => now + (long)destination.Options.Lease.TotalMicroseconds;

    private async Task<TimeSpan?> NextDueAsync()
    {
        if (await outbox.NextDueAsync(Name) is not { } due)
        {
            return null;
        }

        var wait = TimeSpan.FromMicroseconds(due - Clock.Microseconds(time));
        return wait > ShortestRest ? wait : ShortestRest;
    }

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

        var parts = plan.Parts.Select((part, i) => new NewSubmission(part.Key, i, part.Body, [.. part.Points, .. part.Spectra])).ToList();
        await KnowSenderAsync();
        var now = Clock.Microseconds(time);
        var isSentNow = !_pacer.MustProbe;
        if (await outbox.BuildAsync(share.Id, _owner, LeaseEnd(now), parts, isSentNow ? now : null) && isSentNow)
        {
            await SendAsync(share.Id, parts[0].Key, parts[0].Body, share.Trace);
        }
    }

    private async Task TryAsync(ClaimedSubmission claimed)
    {
        var submission = claimed.Submission;
        if (_pacer.MustProbe)
        {
            if (await destination.ProbeAsync() is { } reason)
            {
                var pace = _pacer.AfterProbe(reason);
                await outbox.PaceAsync(Name, pace);
                LogStillAway(Name, pace.Failures, reason);
                return;
            }

            // Whoever mended it may have changed our account.
            _askSenderFrom = long.MinValue;
        }

        await KnowSenderAsync();
        if (await outbox.MarkSentAsync(submission.Key, _owner, Clock.Microseconds(time)))
        {
            await SendAsync(submission.ShareId, submission.Key, claimed.Body, claimed.Share.Trace);
        }

        // Else another silo has the lease now, the message came back on its topic meanwhile, or somebody cancelled it: not ours to send.
    }

    /// <summary>Sends what was noted as sent, and notes what became of it.</summary>
    private async Task SendAsync(long share, Guid key, ReadOnlyMemory<byte> body, string? trace)
    {
        var started = time.GetTimestamp();
        using var span = TomTraces.Share(Name, share, key, trace);
        var outcome = await destination.SendAsync(body);
        span?.SetTag("tom.outcome", outcome.GetType().Name.ToLowerInvariant());
        var paceAfter = _pacer.After(outcome);
        await CompleteAsync(share, time.GetElapsedTime(started), Result(key, outcome, Clock.Microseconds(time)) with { Pace = paceAfter });
    }

    /// <summary>
    /// Before the first submission, also where a name is known: what comes back on the topic is ours only under the account's name, and another key has another one. While it is not told, the former
    /// ones must do.
    /// </summary>
    private async Task KnowSenderAsync()
    {
        var now = Clock.Microseconds(time);
        if (now >= _askSenderFrom)
        {
            _askSenderFrom = await AskSenderAsync() is null ? now + (long)PauseWhileNameless.TotalMicroseconds : long.MaxValue;
        }
    }

    private async Task<string?> AskSenderAsync()
    {
        var sender = await destination.GetSenderAsync();
        if (sender is not null && sender != _pacer.Sender)
        {
            await outbox.KnowSenderAsync(Name, sender);
            _pacer.Load(await outbox.StandingAsync(Name));
        }

        return sender;
    }

    private async Task LookUpAsync(ClaimedSubmission claimed)
    {
        var submission = claimed.Submission;
        var attempts = await outbox.AttemptsAsync(submission.ShareId);
        var lastSent = submission.SentMicroseconds ?? claimed.Share.CreatedMicroseconds;
        var firstSent = attempts.Where(attempt => attempt.Key == submission.Key).Select(attempt => attempt.StartedMicroseconds).DefaultIfEmpty(lastSent).Min();
        var started = time.GetTimestamp();
        var found = await FindAsync(new(submission.Key, claimed.Share.Topic, At(firstSent), At(lastSent), claimed.Body) { Senders = await outbox.SendersAsync(Name) });
        var now = Clock.Microseconds(time);
        await CompleteAsync(submission.ShareId, time.GetElapsedTime(started), found switch
        {
            LookUp.Found { Receipt: var receipt } => new(submission.Key, _owner, (int)ShareState.Delivered, receipt, null, null, now),
            LookUp.Absent { Reason: var reason } when destination.MayRepeat(claimed.Body) =>
                new(submission.Key, _owner, (int)ShareState.Queued, null, $"sent again, as it did not arrive: {reason}", now, now),
            LookUp.Absent { Reason: var reason } =>
                new(submission.Key, _owner, (int)ShareState.Unconfirmed, null, $"{reason}; not repeated by machine, as it asks for sending to TNS or GCN, which may have happened", null, now),
            LookUp.OfOthers { Reason: var reason } =>
                new(submission.Key, _owner, (int)ShareState.Unconfirmed, null, $"{reason}: either under a name that our account once had, so that it arrived, or a copy of it", null, now),
            LookUp.NotYet { Reason: var reason, Pause: var pause } =>
                new(submission.Key, _owner, (int)ShareState.Sending, null, reason, now + (long)pause.TotalMicroseconds, now),
            LookUp.Never { Reason: var reason } => new(submission.Key, _owner, (int)ShareState.Unconfirmed, null, reason, null, now),
            _ => throw new InvalidOperationException($"no rule for {found.GetType().Name}"),
        });
    }

    /// <summary>What stands there under a name that we do not know is asked about: our account may have got another one since it was asked last.</summary>
    private async Task<LookUp> FindAsync(SubmissionInDoubt submission)
    {
        var found = await destination.FindAsync(submission);
        if (found is not LookUp.OfOthers { Reason: var reason })
        {
            return found;
        }

        if (await AskSenderAsync() is { } sender)
        {
            return submission.Senders.Contains(sender) ? found : await destination.FindAsync(submission with { Senders = await outbox.SendersAsync(Name) });
        }

        var doubt = $"{reason}, and {Name} does not tell whether that is a name of ours";
        return time.GetUtcNow() - submission.LastSent < LongestNameless ? new LookUp.NotYet(doubt, PauseWhileNameless) : new LookUp.Never(doubt);
    }

    private static DateTimeOffset At(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    private async Task CompleteAsync(long share, TimeSpan duration, SubmissionOutcome result)
    {
        var noted = await NoteAsync(result);
        if (!noted && result.Receipt is { } receipt)
        {
            // The lease was lost meanwhile; the proof counts all the same.
            noted = await outbox.ConfirmAsync(result.Key, receipt);
        }

        if (noted)
        {
            LogOutcome(result.Key, share, Name, (ShareState)result.State, result.Receipt ?? result.Error);
            instruments.OnTried(Name, (ShareState)result.State, duration);
            events.ShareEnded(share, Name, (ShareState)result.State, result.Receipt ?? result.Error);
        }
    }

    private SubmissionOutcome Result(Guid key, SendOutcome outcome, long now) => outcome switch
    {
        SendOutcome.Delivered delivered => new(key, _owner, (int)ShareState.Delivered, delivered.Receipt, null, null, now) { Answer = outcome.Answer ?? delivered.Receipt },
        SendOutcome.Refused refused => new(key, _owner, (int)ShareState.Rejected, null, refused.Words, null, now) { Answer = outcome.Answer ?? refused.Words },
        SendOutcome.Retry retry => new(key, _owner, (int)ShareState.Queued, null, retry.Reason, _pacer.Due(), now) { Answer = outcome.Answer ?? retry.Reason },
        SendOutcome.Ambiguous ambiguous => new(key, _owner, (int)ShareState.Sending, null, ambiguous.Reason, now, now) { Answer = outcome.Answer ?? ambiguous.Reason },
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
                var (noted, next) = await outbox.CompleteAndClaimAsync(result, Name, LeaseEnd(result.AtMicroseconds));

                // What has to be sent again is due after its pause, and then comes before what was claimed here.
                _next = result.State == (int)ShareState.Queued ? null : next;
                return noted;
            }
            catch (StorageUnavailableException fault) when (Clock.Microseconds(time) < deadline)
            {
                LogNotNoted(fault, result.Key, Name, (ShareState)result.State, result.Receipt ?? result.Error);
                await Task.Delay(PauseBetweenWrites, time);
            }
        }
    }
}
