using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>
/// How long a destination is left alone. Its failures are everybody's: of a destination that hangs, each further share would end in doubt. After
/// <see cref="DestinationOptions.PauseAfter"/> of them it counts as paused, and is asked whether it answers before anything is sent. What it comes to is durable with the outcome it
/// follows from, so that a restart changes nothing.
/// </summary>
internal sealed class DestinationPacer(DestinationOptions options, TimeProvider time)
{
    /// <summary>Asking costs nobody anything: a destination that is back is found so within this.</summary>
    private static readonly TimeSpan LongestProbePause = TimeSpan.FromMinutes(1);

    private bool _leftDoubt;
    private DestinationStanding _standing = new(options.Name, default, null, null, null);

    public string? Sender => _standing.Sender;

    /// <summary>It failed so often, or left its last submission in doubt, that it is asked first: one that is away is to leave no further one so.</summary>
    public bool MustProbe => _standing.Pace.Failures >= options.PauseAfter || _leftDoubt;

    /// <summary>Somebody ordered that nothing is sent.</summary>
    public bool IsOrdered => _standing.PausedBy is not null;

    public void Load(DestinationStanding standing) => _standing = standing;

    /// <summary>How long nothing is sent; null when something may be.</summary>
    public TimeSpan? Wait()
    {
        var left = _standing.Pace.UntilMicroseconds - Clock.Microseconds(time);
        return left > 0 ? TimeSpan.FromMicroseconds(left) : null;
    }

    /// <summary>What the outcome of a try makes of it; null where it changes nothing.</summary>
    public DestinationPace? After(SendOutcome outcome)
    {
        _leftDoubt = outcome is SendOutcome.Ambiguous;
        return outcome switch
        {
            SendOutcome.Refused { IsOfAccount: true } refused => Fail(refused.Words, null, Math.Max(options.PauseAfter, _standing.Pace.Failures + 1)),
            SendOutcome.Delivered or SendOutcome.Refused => Recover(),
            SendOutcome.Retry retry => Fail(retry.Reason, retry.RetryAfter, _standing.Pace.Failures + 1),
            SendOutcome.Ambiguous ambiguous => Fail(ambiguous.Reason, ambiguous.RetryAfter, _standing.Pace.Failures + 1),
            _ => null,
        };
    }

    /// <summary>It was asked, and does not answer.</summary>
    public DestinationPace AfterProbe(string reason) => Fail(reason, null, _standing.Pace.Failures + 1);

    /// <summary>When what was certainly not taken is due again [us since 1970, UTC].</summary>
    public long Due() => Math.Max(_standing.Pace.UntilMicroseconds, Clock.Microseconds(time));

    private DestinationPace? Recover()
    {
        if (_standing.Pace.Failures == 0)
        {
            return null;
        }

        _standing = _standing with { Pace = default };
        return _standing.Pace;
    }

    private DestinationPace Fail(string reason, TimeSpan? retryAfter, int failures)
    {
        var pause = options.Retry.Pause(failures, retryAfter, Random.Shared.NextDouble());
        if (failures >= options.PauseAfter && retryAfter is null && pause > LongestProbePause)
        {
            pause = LongestProbePause;
        }

        _standing = _standing with { Pace = new(failures, Clock.Microseconds(time) + (long)pause.TotalMicroseconds, OneLine.Of(reason)) };
        return _standing.Pace;
    }
}
