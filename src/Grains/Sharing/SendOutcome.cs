namespace TomOrleans.Grains.Sharing;

/// <summary>What a destination's answer, or its silence, means for one submission.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>What came back, as it came, shortened; null where the outcome's own words say it all. No secret in it.</summary>
    public string? Answer { get; init; }

    /// <summary>The destination proved that it has it.</summary>
    /// <param name="Receipt">The proof. Hermes: the uuid it gave the message.</param>
    public sealed record Delivered(string Receipt) : SendOutcome;

    /// <summary>Certainly not taken, and the same bytes never will be.</summary>
    /// <param name="Words">The destination's words, with what to do where that is known. For a person; no secret in it.</param>
    /// <param name="IsOfAccount">Whatever would be sent: our account or the address is at fault, so the destination pauses and what else waits is kept.</param>
    public sealed record Refused(string Words, bool IsOfAccount = false) : SendOutcome;

    /// <summary>Certainly not taken, but later it may be: the same bytes may be sent again.</summary>
    /// <param name="Reason">For a person; no secret in it.</param>
    /// <param name="RetryAfter">How long the destination asked to be left alone; null when it did not say.</param>
    public sealed record Retry(string Reason, TimeSpan? RetryAfter = null) : SendOutcome;

    /// <summary>Nobody can say whether it was taken: it must not be sent again before that is known.</summary>
    /// <param name="Reason">For a person; no secret in it.</param>
    /// <param name="RetryAfter">How long the destination asked to be left alone; null when it did not say.</param>
    public sealed record Ambiguous(string Reason, TimeSpan? RetryAfter = null) : SendOutcome;
}
