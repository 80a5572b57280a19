using TomOrleans.Sharing;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Audit;

namespace TomOrleans.Grains.Sharing;

/// <content>What people order for shares and for the destination.</content>
public sealed partial class SharingGrain
{
    public Task<Share> RetryAsync(long id, bool anyway) => OutboxFaults.TranslateAsync(async () =>
    {
        var share = await FindAsync(id);
        if (!anyway && await MayHaveBeenPassedOnAsync(share))
        {
            throw new TomException(TomFault.Conflict, $"Share {id} asks {Name} to pass it on to TNS or GCN, which may have happened although it was {Word(share)}: look there, and if it did not, tom share retry {id} --anyway");
        }

        if (!await _outbox.RetryAsync(id, anyway, Ordered()))
        {
            throw new TomException(TomFault.Conflict, $"Share {id} is {Word(share)}: only what was rejected or is unconfirmed is tried again.");
        }

        LogOrdered(id, Name, anyway ? "sent again" : "tried again", Caller);
        StartSending();
        return ShareViews.Of(await FindAsync(id));
    });

    public Task<Share> CancelAsync(long id) => OutboxFaults.TranslateAsync(async () =>
    {
        var share = await FindAsync(id);
        if (!await _outbox.CancelAsync(id, Ordered()))
        {
            share = await FindAsync(id);
            throw new TomException(TomFault.Conflict, share.State == (int)ShareState.Sending
                ? $"Share {id} was sent and has no certain answer yet: it may have arrived, so it cannot be taken back. What arrived can be withdrawn: tom share retract {id}"
                : $"Share {id} is {Word(share)}: nothing of it waits any more.");
        }

        LogOrdered(id, Name, "cancelled", Caller);
        return ShareViews.Of(await FindAsync(id));
    });

    public Task<RetractedShare> RetractAsync(long id, bool keepPoints) => OutboxFaults.TranslateAsync(async () =>
    {
        var share = await FindAsync(id);
        var delivered = share.Submissions.Where(submission => submission.State == (int)ShareState.Delivered).ToList();
        if (delivered.Count == 0)
        {
            throw new TomException(TomFault.Conflict, $"Share {id} is {Word(share)}: nothing of it is known to have arrived. What waits is taken back by: tom share cancel {id}");
        }

        var notTold = Destination().KnowsNoWithdrawal;
        if (notTold is not null && keepPoints)
        {
            throw new TomException(TomFault.Invalid, $"{notTold} With the points kept nothing is left to do.");
        }

        var points = 0;
        foreach (var submission in delivered)
        {
            if (submission.RetractedMicroseconds is null && notTold is null && await Destination().RetractAsync(submission.Receipt!) is { } words)
            {
                throw new TomException(TomFault.Invalid, $"{Name} does not withdraw {submission.Receipt}: {words}");
            }

            var targets = await _outbox.RetractAsync(submission.Key, !keepPoints, Ordered());
            points += targets.Count;
            foreach (var target in targets.GroupBy(target => target))
            {
                _events.TargetChanged(target.Key, [.. target.Select(_ => RowFate.Revision)]);
            }
        }

        LogOrdered(id, Name, "withdrawn", Caller);
        return new RetractedShare([.. delivered.Select(submission => submission.Receipt!)], points, notTold);
    });

    public async Task PauseAsync()
    {
        _ = Destination();
        await OutboxFaults.TranslateAsync(async () =>
        {
            await _outbox.PauseAsync(Name, Ordered());
            return true;
        });
        LogPaused(Name, Caller);
        await ReloadAsync();
    }

    public async Task ResumeAsync()
    {
        _ = Destination();
        await OutboxFaults.TranslateAsync(async () =>
        {
            await _outbox.ResumeAsync(Name, Ordered());
            return true;
        });
        LogResumed(Name, Caller);
        await ReloadAsync();
        StartSending();
    }

    private OrderedBy Ordered() => new(Caller, Clock.Microseconds(_time));

    private static string Word(ShareRow share) => ((ShareState)share.State).ToString().ToLowerInvariant();

    /// <summary>A part that was sent and is not to be sent twice, as what follows from it at the destination comes before its answer.</summary>
    private async Task<bool> MayHaveBeenPassedOnAsync(ShareRow share)
    {
        foreach (var sent in share.Submissions.Where(submission => submission is { State: (int)ShareState.Rejected, Attempts: > 0 }))
        {
            if (!Destination().MayRepeat((await _outbox.FindByKeyAsync(sent.Key))!.Body))
            {
                return true;
            }
        }

        return false;
    }

    private Task ReloadAsync() => _sender is null ? Task.CompletedTask : _sender.ReloadAsync();

    /// <summary>Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) also for another destination's share.</summary>
    private async Task<ShareRow> FindAsync(long id) =>
        await _outbox.GetAsync(id) is { } row && row.Destination == Name
            ? row
            : throw new TomException(TomFault.NotFound, $"{Name} has no share {id}. List them with: tom shares --destination {Name}");
}
