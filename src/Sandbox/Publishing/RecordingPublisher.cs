using System.Collections.Concurrent;

namespace TomOrleans.Sandbox.Publishing;

/// <summary>Keeps what is published, in order, for tests that need no broker. <see cref="Refuse"/> makes it answer as a broker that will not have a message.</summary>
public sealed class RecordingPublisher : IMessagePublisher
{
    private readonly ConcurrentQueue<HopMessage> _messages = new();
    private long _offset = -1;

    public IReadOnlyList<HopMessage> Messages => [.. _messages];

    /// <summary>What to throw for a message; null to take it.</summary>
    public Func<HopMessage, Exception?> Refuse { get; set; } = _ => null;

    public Task<PublishedAt> PublishAsync(HopMessage message, CancellationToken cancellationToken = default)
    {
        if (Refuse(message) is { } refusal)
        {
            return Task.FromException<PublishedAt>(refusal);
        }

        _messages.Enqueue(message);
        return Task.FromResult(new PublishedAt(0, Interlocked.Increment(ref _offset), DateTimeOffset.UtcNow));
    }
}
