namespace TomOrleans.Grains.Webhooks;

/// <summary>What became of a POST.</summary>
public abstract record WebhookAnswer
{
    private WebhookAnswer()
    {
    }

    /// <summary>2xx: the receiver has it.</summary>
    public sealed record Delivered : WebhookAnswer;

    /// <summary>The receiver does not want this: its status and words.</summary>
    public sealed record Refused(string Words) : WebhookAnswer;

    /// <summary>It cannot be had now, whatever is sent; it may or may not have it.</summary>
    /// <param name="Words">Why, and when the next try may be.</param>
    /// <param name="RetryAfter">What the receiver asked for; null where it did not.</param>
    public sealed record Unavailable(string Words, TimeSpan? RetryAfter = null) : WebhookAnswer;

    /// <summary>
    /// What a status means. A 4xx is about what was sent, but for those that are about who sends, where to, or when; a redirect is not followed.
    /// </summary>
    public static WebhookAnswer Of(int status, string words, TimeSpan? retryAfter) => status switch
    {
        >= 200 and < 300 => new Delivered(),
        >= 300 and < 400 => new Unavailable($"{words}; redirects are not followed: the final address has to stand in URL"),
        401 or 403 or 407 or 408 or 421 or 425 or 429 => new Unavailable(words, retryAfter),
        >= 400 and < 500 => new Refused(words),
        _ => new Unavailable(words, retryAfter),
    };
}
