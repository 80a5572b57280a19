namespace TomOrleans.Grains.Sharing;

/// <summary>What a topic says of a submission.</summary>
public abstract record TopicVerdict
{
    private TopicVerdict()
    {
    }

    /// <summary>A message with the submission's key stands there.</summary>
    public sealed record Seen(Guid MessageId, string? Sender) : TopicVerdict;

    /// <summary>A message with the submission's key stands there, under a name that is none of the given ones; all was read, and none under one of those.</summary>
    public sealed record SeenOfOthers(string? Sender) : TopicVerdict;

    /// <summary>All that was written since then was read to the topic's present end, and it is not there.</summary>
    public sealed record ReadWithout(long Messages) : TopicVerdict;

    /// <summary>The topic could not be read just now.</summary>
    public sealed record Unread(string Reason) : TopicVerdict;
}

/// <summary>Reads a topic again, to find one submission.</summary>
public interface ITopicSearch
{
    /// <summary>Reads what was written to the topic from a time on up to its end, whatever handlers do with it. Never throws but for <paramref name="cancellation"/>.</summary>
    /// <param name="stream">The stream that reads the topic.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="submissionKey">The key that the message carries.</param>
    /// <param name="senders">Who may have published it; empty while that is not known.</param>
    /// <param name="from">When it was sent, with a margin.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<TopicVerdict> FindAsync(string stream, string topic, Guid submissionKey, IReadOnlyCollection<string> senders, DateTimeOffset from, CancellationToken cancellation);
}
