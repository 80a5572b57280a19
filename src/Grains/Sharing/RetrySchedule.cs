namespace TomOrleans.Grains.Sharing;

/// <summary>
/// How long to wait before the next try: exponential with full jitter, so that shares and silos that failed together do not come back together.
/// </summary>
/// <param name="Shortest">No pause is shorter. Default 2 s.</param>
/// <param name="Longest">No pause of our own is longer. Default 15 min.</param>
/// <param name="LongestAsked">The most that a destination's Retry-After is believed. Default 1 h.</param>
public sealed record RetrySchedule(TimeSpan Shortest, TimeSpan Longest, TimeSpan LongestAsked)
{
    public RetrySchedule() : this(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1))
    {
    }

    /// <summary>The pause after the given number of failures in a row.</summary>
    /// <param name="failures">1 after the first failure.</param>
    /// <param name="retryAfter">What the destination asked for; null when nothing. Never undercut, but for <see cref="LongestAsked"/>.</param>
    /// <param name="jitter">A random number from 0 to 1, drawn by the caller.</param>
    public TimeSpan Pause(int failures, TimeSpan? retryAfter, double jitter)
    {
        // Beyond 2^20 every pause is the longest one, and the product stays in range.
        var ceiling = Shortest * Math.Pow(2, Math.Clamp(failures, 1, 20));
        ceiling = ceiling < Longest ? ceiling : Longest;
        var own = Shortest + ((ceiling - Shortest) * Math.Clamp(jitter, 0, 1));
        var asked = retryAfter ?? TimeSpan.Zero;
        asked = asked < LongestAsked ? asked : LongestAsked;
        return asked > own ? asked : own;
    }
}
