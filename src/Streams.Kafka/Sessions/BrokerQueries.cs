using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Questions to the cluster over a consumer's connections. Safe on any thread; readings of topics must not be under way when the consumer is disposed.</summary>
internal sealed class BrokerQueries(IAdminClient admin, StreamSettings settings, TopicPatterns patterns) : IDisposable
{
    /// <summary>librdkafka's metadata call cannot be cancelled: closing waits for it.</summary>
    private static readonly TimeSpan MetadataPatience = TimeSpan.FromSeconds(2);
    /// <summary>More names than this are looked for in the list of all topics, which is one question instead of many.</summary>
    private const int AskedByName = 8;

    private static readonly TimeSpan ClusterPatience = TimeSpan.FromSeconds(3);
    /// <summary>After a question that nobody answered.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan OffsetsPatience = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private bool _isDisposed;
    private string? _clusterId = settings.ClusterId;
    private bool _knowsNoTopicIds = EmbeddedKafka.IsEmbedded(settings.ClusterId);
    private long? _lastUnanswered;

    private bool MayAsk => _lastUnanswered is not { } at || Stopwatch.GetElapsedTime(at) > AskAgainAfter;

    /// <exception cref="KafkaException">No broker answered.</exception>
    public Task<TopicCensus> ReadTopicsAsync() => Task.Run(ReadTopics);

    /// <summary>Null where nobody says; brokers that do not say let us wait, and are not asked again for minutes.</summary>
    public async Task<string?> ClusterIdAsync(CancellationToken ct)
    {
        if (_clusterId is null && MayAsk)
        {
            try
            {
                var cluster = await Ask(() => admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = ClusterPatience })).WaitAsync(ct);
                _clusterId = cluster.ClusterId ?? "";
            }
            catch (KafkaException)
            {
                // Nothing rests on it: a topic that was made again shows in its offsets too.
                _lastUnanswered = Stopwatch.GetTimestamp();
            }
        }

        return _clusterId is { Length: > 0 } id ? id : null;
    }

    /// <summary>The ids of topics, where the broker says them; empty for brokers that do not know how, which are asked once, and for some minutes where nobody answered.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TopicIdsAsync(IReadOnlyCollection<string> topics, CancellationToken ct)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_knowsNoTopicIds || !MayAsk || topics.Count == 0)
        {
            return found;
        }

        IEnumerable<TopicDescription> descriptions;
        try
        {
            var asked = TopicCollection.OfTopicNames(topics);
            descriptions = (await Ask(() => admin.DescribeTopicsAsync(asked, new DescribeTopicsOptions { RequestTimeout = ClusterPatience })).WaitAsync(ct)).TopicDescriptions;
        }
        catch (DescribeTopicsException e)
        {
            descriptions = e.Results.TopicDescriptions;
        }
        catch (KafkaException e)
        {
            _knowsNoTopicIds = e.Error.Code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion;
            _lastUnanswered = Stopwatch.GetTimestamp();
            return found;
        }

        foreach (var topic in descriptions.Where(topic => !topic.Error.IsError && topic.TopicId is { } id && (id.MostSignificantBits | id.LeastSignificantBits) != 0))
        {
            found[topic.Name] = topic.TopicId.ToString();
        }

        return found;
    }

    /// <summary>Lowest and next offset of each partition; those that could not be asked are left out.</summary>
    public async Task<IReadOnlyDictionary<PartitionRef, PartitionFacts>> FactsAsync(IReadOnlyCollection<PartitionRef> partitions, CancellationToken ct)
    {
        var clusterId = await ClusterIdAsync(ct);
        var low = OffsetsAsync(partitions, OffsetSpec.Earliest(), ct);
        var high = await OffsetsAsync(partitions, OffsetSpec.Latest(), ct);
        var ids = await TopicIdsAsync([.. partitions.Select(partition => partition.Topic).Distinct(StringComparer.Ordinal)], ct);
        return (await low).Where(pair => high.ContainsKey(pair.Key))
            .ToDictionary(pair => pair.Key, pair => new PartitionFacts(pair.Value, high[pair.Key], clusterId, ids.GetValueOrDefault(pair.Key.Topic)));
    }

    /// <summary>Partitions that could not be asked are left out; -1 where no offset fits (no message that late).</summary>
    /// <exception cref="StreamUnavailableException">Not one could be asked.</exception>
    public async Task<Dictionary<PartitionRef, long>> OffsetsAsync(IReadOnlyCollection<PartitionRef> partitions, OffsetSpec spec, CancellationToken ct)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        var asked = partitions.Select(p => new TopicPartitionOffsetSpec { TopicPartition = new TopicPartition(p.Topic, p.Partition), OffsetSpec = spec });
        try
        {
            var answer = await Ask(() => admin.ListOffsetsAsync(asked, new ListOffsetsOptions { RequestTimeout = OffsetsPatience })).WaitAsync(ct);
            return Answered(answer.ResultInfos);
        }
        catch (ListOffsetsException e)
        {
            var answered = Answered(e.Result.ResultInfos);
            return answered.Count > 0 ? answered : throw new StreamUnavailableException(
                KafkaFault.Clean(e.Result.ResultInfos[0].TopicPartitionOffsetError.Error.Reason), e);
        }
        catch (KafkaException e) when (partitions.Count == 1)
        {
            throw new StreamUnavailableException(KafkaFault.Clean(e.Error.Reason), e);
        }
        catch (KafkaException e)
        {
            // One partition without a leader can spoil the question for all: each is asked alone.
            var each = await Task.WhenAll(partitions.Select(partition => AloneAsync(partition, spec, ct)));
            var answered = each.OfType<(PartitionRef, long)>().ToDictionary(pair => pair.Item1, pair => pair.Item2);
            return answered.Count > 0 ? answered : throw new StreamUnavailableException(KafkaFault.Clean(e.Error.Reason), e);
        }
    }

    /// <summary>Whoever still asks is refused from here on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        admin.Dispose();
    }

    /// <summary>A claim that nobody waits for any more, as in a hurried stop, may ask when the consumer is gone; librdkafka would end the process.</summary>
    private Task<T> Ask<T>(Func<Task<T>> question)
    {
        lock (_gate)
        {
            return _isDisposed ? throw new StreamUnavailableException("the connection is closed") : question();
        }
    }

    private static Dictionary<PartitionRef, long> Answered(IEnumerable<ListOffsetsResultInfo> results) => results
        .Select(result => result.TopicPartitionOffsetError)
        .Where(result => !result.Error.IsError)
        .ToDictionary(result => new PartitionRef(result.Topic, result.Partition.Value), result => result.Offset.Value);

    private async Task<(PartitionRef, long)?> AloneAsync(PartitionRef partition, OffsetSpec spec, CancellationToken ct)
    {
        try
        {
            return (partition, (await OffsetsAsync([partition], spec, ct))[partition]);
        }
        catch (StreamUnavailableException)
        {
            return null;
        }
    }

    private TopicCensus ReadTopics()
    {
        var found = new Dictionary<string, TopicMetadata>(StringComparer.Ordinal);
        var listed = patterns.HasPatterns || patterns.Names.Count > AskedByName;
        if (listed)
        {
            foreach (var topic in admin.GetMetadata(MetadataPatience).Topics)
            {
                found[topic.Topic] = topic;
            }
        }

        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in patterns.Names)
        {
            // The list of all topics hides those that may not be seen; asked by name, the broker says why.
            if (!found.TryGetValue(name, out var topic))
            {
                if (listed && settings.ExpectsAbsentTopics)
                {
                    continue;
                }

                topic = admin.GetMetadata(name, MetadataPatience).Topics.Single();
                found[name] = topic;
            }

            if (topic.Error.IsError && !(settings.ExpectsAbsentTopics && topic.Error.Code == ErrorCode.UnknownTopicOrPart))
            {
                problems[name] = TopicCensus.Explain(name, topic.Error);
            }
        }

        return new TopicCensus(
            [.. found.Values.Where(topic => !topic.Error.IsError && patterns.Match(topic.Topic) is not null)
                .SelectMany(topic => topic.Partitions.Select(partition => new PartitionRef(topic.Topic, partition.PartitionId)))],
            problems);
    }
}
