namespace TomOrleans.Grains.Webhooks;

/// <summary>
/// Leaves a receiver alone that cannot be had: for as long as it asked, else for 1 s, 2 s, 4 s ... up to a minute, each lengthened by up to a quarter by chance. For all that send to it
/// from this silo together. Safe on any thread.
/// </summary>
internal sealed class WebhookPace(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private TimeSpan _next = First;
    private string _words = "";

    /// <summary>Why nothing is sent now; null when it may be.</summary>
    public string? Wait()
    {
        lock (_gate)
        {
            return time.GetUtcNow() < _until ? Words() : null;
        }
    }

    public void Well()
    {
        lock (_gate)
        {
            (_until, _next) = (DateTimeOffset.MinValue, First);
        }
    }

    /// <returns>The words with the time of the next try.</returns>
    public string Fail(WebhookAnswer.Unavailable answer)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now < _until)
            {
                // Somebody failed beside us: one step for both.
                return Words();
            }

            var pause = answer.RetryAfter is { } asked ? (asked < LongestAsked ? asked : LongestAsked) : _next * (1 + (Random.Shared.NextDouble() / 4));
            (_until, _words) = (now + pause, answer.Words);
            _next = TimeSpan.FromTicks(Math.Min(2 * _next.Ticks, Longest.Ticks));
            return Words();
        }
    }

    private string Words() => $"{_words}; next try at {_until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
}
