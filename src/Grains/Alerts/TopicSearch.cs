using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Sharing;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Looks for a submission on a topic by reading it once more beside the live readers, from the broker's own index of times. It does not go by any handler's cursor: a handler may have been
/// sought elsewhere, or be let go.
/// </summary>
public sealed class TopicSearch(CursorTable cursors, IPartitionSource source) : ITopicSearch
{
    public async Task<TopicVerdict> FindAsync(string stream, string topic, Guid submissionKey, IReadOnlyCollection<string> senders, DateTimeOffset from, CancellationToken cancellation)
    {
        try
        {
            var rows = await cursors.ReadAsync(stream, topic, cancellation);
            var partitions = rows.Select(row => row.Key.Partition).Distinct().Order().ToList();
            if (partitions.Count == 0)
            {
                return new TopicVerdict.Unread($"nothing was ever read of {topic} on the stream {stream}");
            }

            var read = 0L;
            TopicVerdict.SeenOfOthers? ofOthers = null;
            foreach (var partition in partitions.Select(number => new TopicPartitionName(new(stream, topic), number)))
            {
                switch (await FindAsync(partition, submissionKey, senders, from, cancellation))
                {
                    case TopicVerdict.Seen seen:
                        return seen;
                    case TopicVerdict.SeenOfOthers seen:
                        ofOthers = seen;
                        break;
                    case TopicVerdict.ReadWithout without:
                        read += without.Messages;
                        break;
                }
            }

            return ofOthers ?? (TopicVerdict)new TopicVerdict.ReadWithout(read);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return new TopicVerdict.Unread(OneLine.Of(fault.Message));
        }
    }

    private async Task<TopicVerdict> FindAsync(TopicPartitionName partition, Guid key, IReadOnlyCollection<string> senders, DateTimeOffset from, CancellationToken cancellation)
    {
        // No message is of tomorrow: where one would stand is the end.
        var end = await source.EndAsync(partition, cancellation);
        var next = await source.OffsetAtAsync(partition, from, cancellation);

        // Some brokers have no index of times and say that nothing is that late, though their last message is: then all that they have is read.
        var isWhole = next >= end && end > 0 && await IsLaterAsync(partition, end - 1, from, cancellation);
        next = isWhole ? 0 : next;

        var text = Encoding.ASCII.GetBytes(key.ToString("D"));
        var read = 0L;
        TopicVerdict.SeenOfOthers? ofOthers = null;
        try
        {
            while (next < end)
            {
                var batch = await source.ReadAsync(partition, next, cancellation);
                foreach (var record in batch.Records)
                {
                    read++;

                    // The bare text: whatever else the message holds must not hide it.
                    if (record.Value.AsSpan().IndexOf(text) < 0)
                    {
                        continue;
                    }

                    var alert = MessageDecoder.Decode(record, partition);
                    if (alert.MessageId is { } id && OwnSender.Is(senders, alert.Sender))
                    {
                        return new TopicVerdict.Seen(id, alert.Sender);
                    }

                    ofOthers = new(alert.Sender);
                }

                if (isWhole && next == 0 && batch.FirstOffset is > 0 and var first)
                {
                    next = first;
                    continue;
                }

                if (batch.FirstOffset is not null || batch.NextOffset <= next)
                {
                    throw new TomException(TomFault.Unavailable, $"{partition} could not be read from {next} to {end}.");
                }

                next = batch.NextOffset;
            }
        }
        finally
        {
            source.Forget(partition);
        }

        return ofOthers ?? (TopicVerdict)new TopicVerdict.ReadWithout(read);
    }

    private async Task<bool> IsLaterAsync(TopicPartitionName partition, long offset, DateTimeOffset than, CancellationToken cancellation)
    {
        var batch = await source.ReadAsync(partition, offset, cancellation);
        return batch.Records.Any(record => record.TimestampMicroseconds >= (than - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
    }
}
