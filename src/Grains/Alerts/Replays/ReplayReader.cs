using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Storage.Control;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>Reads what a replay covers, from the log or from Kafka, in batches.</summary>
public sealed class ReplayReader(MessageTable messages, CursorTable cursors, ControlTable control, StreamCatalog catalog, IPartitionSource source, TimeProvider time)
{
    /// <summary>Messages of a batch, and about how many bytes it may have.</summary>
    private const int MostMessages = 500;
    private const long MostBytes = 8L * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The log is a moment behind the handlers at most; where it stands still for so long, whoever waits is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The next messages from an offset on that are meant, and where reading goes on; at the end none, and the part's end. Throws what the database or Kafka throws, and <see cref="TomFault.Unavailable"/>
    /// where the log is not kept so far yet and does not go on.
    /// </summary>
    public async Task<(ImmutableArray<Alert> Alerts, long Next)> ReadAsync(
        TopicName topic, ReplayPlan plan, ReplayPart part, long from, CancellationToken cancellation)
    {
        var partition = new TopicPartitionName(topic, part.Partition);
        var inLog = plan.FromLog ? part : part with { End = Math.Min(part.End, part.LogEnd) };
        return from < inLog.End ? await ReadLogAsync(partition, plan, inLog, from, cancellation) : await ReadKafkaAsync(partition, plan, part, from, cancellation);
    }

    /// <summary>The partition is not read any more.</summary>
    public void Forget(TopicName topic, ReplayPlan plan, ReplayPart part)
    {
        if (!plan.FromLog)
        {
            source.Forget(new(topic, part.Partition));
        }
    }

    private async Task<(ImmutableArray<Alert> Alerts, long Next)> ReadLogAsync(
        TopicPartitionName partition, ReplayPlan plan, ReplayPart part, long from, CancellationToken cancellation)
    {
        var (stream, topic) = (partition.Topic.Stream, partition.Topic.Topic);
        var (stood, since) = (-1L, time.GetTimestamp());
        while (true)
        {
            // Asked before the rows are: what is kept after that may come too late for them.
            var keptTo = await KeptToAsync(partition, cancellation);
            var rows = await messages.ReadAsync(
                stream, topic, partition.Partition, new(from, part.End, plan.FromMicroseconds, plan.EndMicroseconds), MostMessages, MostBytes, cancellation);
            if (rows.Count > 0)
            {
                return ([.. rows.Select(KeptMessages.Decode)], rows[^1].Message.Offset + 1);
            }

            if (keptTo >= part.End)
            {
                return ([], part.End);
            }

            if (keptTo != stood)
            {
                (stood, since) = (keptTo, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(since) >= Patience)
            {
                var reason = new TopicOrders(await control.ReadAsync(stream, topic, cancellation)).PausedBy(MessageKeeper.Name) ?? "behind, or the topic is not read";
                throw new TomException(TomFault.Unavailable, $"the message log of {partition} is to be kept to offset {part.End} and ends at {keptTo}: its handler {MessageKeeper.Name} is {reason}");
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Up to where the log is complete: everything, where nobody adds to it.</summary>
    private async Task<long> KeptToAsync(TopicPartitionName partition, CancellationToken cancellation) =>
        catalog.Find(partition.Topic)?.Handlers.Any(handler => handler.Name == MessageKeeper.Name) == true
            ? (await cursors.ReadAsync(partition.Topic.Stream, partition.Topic.Topic, cancellation))
                .FirstOrDefault(row => row.Key.Partition == partition.Partition && row.Key.Handler == MessageKeeper.Name)?.NextOffset ?? 0
            : long.MaxValue;

    private async Task<(ImmutableArray<Alert> Alerts, long Next)> ReadKafkaAsync(
        TopicPartitionName partition, ReplayPlan plan, ReplayPart part, long from, CancellationToken cancellation)
    {
        var read = await source.ReadAsync(partition, from, cancellation);
        if (read.FirstOffset is { } first)
        {
            // What the broker does not have any more cannot be replayed.
            return ([], first > from ? Math.Min(first, part.End) : part.End);
        }

        if (read.NextOffset <= from)
        {
            return ([], part.End);
        }

        var meant = read.Records.Where(record => record.Offset < part.End && plan.Covers(record.TimestampMicroseconds));
        return ([.. meant.Select(record => MessageDecoder.Decode(record, partition))], Math.Min(read.NextOffset, part.End));
    }
}
