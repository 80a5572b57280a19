namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>How long the handlers of a partition wait for one another. Used within the worker's turns.</summary>
internal sealed class LanePatience(TimeProvider time)
{
    /// <summary>How long the handlers that are done wait for one that is not, at least.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    /// <summary>And at most.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>For one that is waited for by nobody but the partition, however little of its time-out is left.</summary>
    private static readonly TimeSpan LeastAlone = TimeSpan.FromSeconds(1);

    /// <summary>Returns when it has answered. Throws <see cref="TomFault.Unavailable"/> when its time-out is over.</summary>
    public async Task IdleAsync(FanMember member)
    {
        if (!member.Idle.IsCompleted && !await InTimeAsync(member.Idle, AtLeast(member.TimeLeft)))
        {
            throw new TomException(TomFault.Unavailable, member.NoAnswer());
        }
    }

    /// <summary>
    /// Waits for all, but for nobody longer than a moment after the first has answered: the answer is who have not by then. Where even the first took long, because the disk or the whole
    /// machine is slow, the moment is longer too: who is let go for that has to read all of it once more. Throws <see cref="TomFault.Unavailable"/> when nobody answers in time.
    /// </summary>
    public async Task<List<FanMember>> LateAsync(List<FanMember> live)
    {
        if (live.TrueForAll(member => member.Idle.IsCompleted))
        {
            return [];
        }

        var since = time.GetTimestamp();
        await FirstAsync(live);
        var patience = TimeSpan.FromTicks(Math.Clamp(2 * time.GetElapsedTime(since).Ticks, Least.Ticks, Most.Ticks));
        var all = Task.WhenAll(live.Select(member => member.Idle));
        return all.IsCompleted || await InTimeAsync(all, patience) ? [] : live.FindAll(member => !member.Idle.IsCompleted);
    }

    private static TimeSpan AtLeast(TimeSpan limit) => limit > LeastAlone ? limit : LeastAlone;

    private async Task FirstAsync(List<FanMember> live)
    {
        var first = live.Count == 1 ? live[0].Idle : Task.WhenAny(live.Select(member => member.Idle));
        if (!await InTimeAsync(first, AtLeast(live.Max(member => member.TimeLeft))))
        {
            throw new TomException(TomFault.Unavailable, live[0].NoAnswer());
        }
    }

    private async Task<bool> InTimeAsync(Task task, TimeSpan limit)
    {
        try
        {
            await task.WaitAsync(limit, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
