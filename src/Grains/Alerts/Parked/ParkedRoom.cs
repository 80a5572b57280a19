using System.Collections.Concurrent;
using TomOrleans.Alerts;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>
/// Keeps a flood of bad messages from filling the disk: at most <see cref="MostMessages"/> or <see cref="MostBytes"/> may wait for one handler of a topic. Then the handler waits
/// visibly until somebody has retried or dropped some. Counted anew from the table every few seconds, so a batch a partition can come on top. Safe on any thread.
/// </summary>
public sealed class ParkedRoom(ParkedTable parked, TimeProvider time)
{
    public const long MostMessages = 10_000;

    /// <summary>Keys, headers and values together [bytes].</summary>
    public const long MostBytes = 256L * 1024 * 1024;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(TopicName, string), Count> _counts = new();

    /// <summary>Throws <see cref="TomFault.Unavailable"/> where too many wait.</summary>
    public async ValueTask RequireAsync(HandlerKey handler)
    {
        // Nothing was parked since the last look, by this silo at least.
        if (!_counts.TryGetValue(KeyOf(handler), out var count) || (!count.IsFull && !count.HasGrown))
        {
            return;
        }

        if (time.GetElapsedTime(count.At) >= Fresh)
        {
            var (messages, bytes) = await parked.WaitingAsync(handler.Partition.Topic.Stream, handler.Partition.Topic.Topic, handler.Handler);
            count = new(messages, bytes, time.GetTimestamp(), false);
            _counts[KeyOf(handler)] = count;
        }

        if (count.IsFull)
        {
            throw new TomException(
                TomFault.Unavailable,
                $"{count.Messages:N0} parked messages ({count.Bytes >> 20} MiB) wait for {handler.Handler}: retry or drop some, see tom parked --topic {handler.Partition.Topic}");
        }
    }

    /// <summary>These were parked just now.</summary>
    public void Note(HandlerKey handler, IReadOnlyCollection<NewParked> messages)
    {
        var bytes = messages.Sum(message => message.Value.LongLength + message.Headers.LongLength + (message.Key?.LongLength ?? 0));
        _counts.AddOrUpdate(
            KeyOf(handler),
            _ => new(messages.Count, bytes, 0, true),
            (_, count) => new(count.Messages + messages.Count, count.Bytes + bytes, count.At, true));
    }

    private static (TopicName, string) KeyOf(HandlerKey handler) => (handler.Partition.Topic, handler.Handler);

    private sealed record Count(long Messages, long Bytes, long At, bool HasGrown)
    {
        public bool IsFull => Messages >= MostMessages || Bytes >= MostBytes;
    }
}
