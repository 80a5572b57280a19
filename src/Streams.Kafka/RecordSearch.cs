using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Sessions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka;

/// <summary>
/// Looks for one record of a topic by one of its headers, from a time up to the end that the topic has when it is asked. Beside every group: nothing is committed, nobody's reading is disturbed.
/// </summary>
/// <param name="client">librdkafka properties, <c>bootstrap.servers</c> among them.</param>
/// <param name="groupId">Brokers ask for a group's name even here; many demand the user's name in front.</param>
/// <param name="isEmbedded">The embedded broker has no index of times: its topics are read from their beginning.</param>
public sealed class RecordSearch(IReadOnlyDictionary<string, string> client, string groupId, bool isEmbedded)
{
    private static readonly TimeSpan QuestionPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollPatience = TimeSpan.FromMilliseconds(100);

    /// <returns>Where it is; null when all was read and it is not there.</returns>
    /// <exception cref="StreamUnavailableException">The topic cannot be read, or not to its end before <paramref name="ct"/> ran out; with the reason.</exception>
    public Task<StreamReceipt?> FindAsync(string topic, string header, ReadOnlyMemory<byte> value, DateTimeOffset since, CancellationToken ct) =>
        Task.Run(() => Find(topic, header, value, since, ct), CancellationToken.None);

    private StreamReceipt? Find(string topic, string header, ReadOnlyMemory<byte> value, DateTimeOffset since, CancellationToken ct)
    {
        KafkaFault? fault = null;
        var properties = Properties();
        using var consumer = ClientProperties.Guard(properties, () => new ConsumerBuilder<Ignore, Ignore>(properties)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => fault = KafkaFault.From(error))
            .Build());
        try
        {
            var ends = Ends(consumer, topic);
            consumer.Assign(Starts(consumer, ends, since));
            return Read(consumer, ends, header, value, ct);
        }
        catch (KafkaException e)
        {
            throw new StreamUnavailableException(fault?.Reason ?? KafkaFault.Clean(e.Error.Reason), e);
        }
        catch (OperationCanceledException e)
        {
            throw new StreamUnavailableException(fault?.Reason ?? "it could not be read to its end in time", e);
        }
        finally
        {
            consumer.Close();
        }
    }

    private Dictionary<string, string> Properties()
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["fetch.queue.backoff.ms"] = "5", ["reconnect.backoff.ms"] = "500" };
        foreach (var (property, value) in client)
        {
            properties[property] = value;
        }

        properties["group.id"] = groupId;
        properties["enable.auto.commit"] = "false";
        properties["enable.partition.eof"] = "false";
        properties["auto.offset.reset"] = "earliest";
        properties["allow.auto.create.topics"] = "false";
        return properties;
    }

    /// <summary>Where each partition that holds something ends now.</summary>
    private static Dictionary<TopicPartition, long> Ends(IConsumer<Ignore, Ignore> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var found = admin.GetMetadata(topic, QuestionPatience).Topics.FirstOrDefault(known => known.Topic == topic);
        if (found is null || found.Error.IsError)
        {
            throw new KafkaException(found?.Error ?? new Error(ErrorCode.UnknownTopicOrPart));
        }

        var ends = new Dictionary<TopicPartition, long>();
        foreach (var partition in found.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId)))
        {
            var marks = consumer.QueryWatermarkOffsets(partition, QuestionPatience);
            if (marks.High.Value > marks.Low.Value)
            {
                ends[partition] = marks.High.Value;
            }
        }

        return ends;
    }

    /// <summary>A partition without anything that late has nothing to be read.</summary>
    private IEnumerable<TopicPartitionOffset> Starts(IConsumer<Ignore, Ignore> consumer, Dictionary<TopicPartition, long> ends, DateTimeOffset since)
    {
        if (isEmbedded || ends.Count == 0)
        {
            return ends.Keys.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)).ToList();
        }

        var starts = consumer.OffsetsForTimes(ends.Keys.Select(partition => new TopicPartitionTimestamp(partition, new Timestamp(since))), QuestionPatience);
        foreach (var late in starts.Where(start => start.Offset.IsSpecial))
        {
            ends.Remove(late.TopicPartition);
        }

        return starts.Where(start => !start.Offset.IsSpecial);
    }

    private static StreamReceipt? Read(IConsumer<Ignore, Ignore> consumer, Dictionary<TopicPartition, long> ends, string header, ReadOnlyMemory<byte> value, CancellationToken ct)
    {
        while (ends.Count > 0)
        {
            ct.ThrowIfCancellationRequested();
            if (consumer.Consume(PollPatience) is { } record)
            {
                if (record.Message.Headers?.Any(own => own.Key == header && value.Span.SequenceEqual(own.GetValueBytes())) == true)
                {
                    return new(new(record.Topic, record.Partition.Value), record.Offset.Value);
                }
            }

            // The position goes on over what is no record: marks of transactions, offsets that were compacted away.
            foreach (var (partition, end) in ends.ToList())
            {
                if (consumer.Position(partition) is { IsSpecial: false } position && position.Value >= end)
                {
                    ends.Remove(partition);
                }
            }
        }

        return null;
    }
}
