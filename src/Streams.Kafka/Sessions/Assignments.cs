using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Partitions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>
/// What happens when Kafka gives and takes partitions. Poll thread only; nothing here may throw, as the client would answer with giving back everything.
/// </summary>
internal sealed class Assignments(StreamContext context, ClaimFacts facts)
{
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(1);
    private const int TopicsShown = 6;
    private readonly List<TopicPartition> _unread = [];

    /// <summary>
    /// Every partition must get an offset; one without a claim gets the beginning and is paused before anything is taken from it. Not the end: a record from there that outlives the move to the claimed
    /// offset would pass for the next one, and what lies between would be lost. One from before is told by its offset.
    /// </summary>
    public List<TopicPartitionOffset> Assigned(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
    {
        _ = consumer;
        var wanted = partitions.Select(Ref).Where(partition => context.Patterns.Match(partition.Topic) is not null).ToList();
        var together = facts.Together(wanted);
        var lanes = wanted.ToDictionary(partition => partition, partition => Open(partition, together));
        WaitAll([.. lanes.Values.Select(lane => lane.FirstAttempt)], context.Settings.ClaimPatience);

        var start = new List<TopicPartitionOffset>(partitions.Count);
        foreach (var partition in partitions)
        {
            if (lanes.TryGetValue(Ref(partition), out var lane) && lane.Claimed >= 0)
            {
                lane.Start();
                start.Add(new TopicPartitionOffset(partition, lane.Claimed));
            }
            else
            {
                _unread.Add(partition);
                start.Add(new TopicPartitionOffset(partition, Offset.Beginning));
            }
        }

        if (start.Count > 0)
        {
            context.Log.PartitionsAssigned(context.Settings.Id, start.Count, start.Count - _unread.Count, Topics(partitions));
        }

        context.Board.Touch();
        return start;
    }

    /// <summary>A few names: a stream may have a thousand.</summary>
    private static string Topics(IEnumerable<TopicPartition> partitions)
    {
        var topics = partitions.Select(partition => partition.Topic).Distinct().Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", topics.Take(TopicsShown)) + (topics.Count > TopicsShown ? $" and {topics.Count - TopicsShown} more" : "");
    }

    public void Revoked(IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> partitions) =>
        Let(consumer, partitions, lost: false);

    /// <summary>Others may have them already: what is in flight is cancelled at once.</summary>
    public void Lost(IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> partitions) => Let(consumer, partitions, lost: true);

    /// <summary>Before anything is consumed: partitions without a claim are not fetched.</summary>
    public void PauseUnread(IConsumer<byte[], byte[]> consumer)
    {
        if (_unread.Count > 0)
        {
            consumer.Pause(_unread);
            foreach (var partition in _unread)
            {
                if (context.Lanes.TryGetValue(Ref(partition), out var lane))
                {
                    lane.IsPaused = true;
                }
            }

            _unread.Clear();
        }
    }

    /// <summary>Does what the lanes asked for. The partition stays in the assignment all the time, else a revoke of it would fail.</summary>
    public void Serve(IConsumer<byte[], byte[]> consumer)
    {
        while (context.TryTake(out var what))
        {
            switch (what)
            {
                case SessionEvent.Claimed { Lane: var lane } when IsCurrent(lane) && !lane.IsReading:
                    lane.Start();
                    Reposition(consumer, lane, lane.Claimed);
                    context.Log.PartitionClaimed(context.Settings.Id, lane.Partition.Topic, lane.Partition.Partition, lane.Claimed);
                    break;
                case SessionEvent.Reclaim { Partition: var partition } when context.Lanes.TryGetValue(partition, out var old):
                    old.End();
                    context.Open(partition, facts.For(partition));
                    consumer.Pause([Kafka(partition)]);
                    context.Lanes[partition].IsPaused = true;
                    break;
                case SessionEvent.OutOfRange { Partition: var partition } when context.Lanes.TryGetValue(partition, out var cut) && cut.IsReading:
                    consumer.Pause([Kafka(partition)]);
                    cut.IsPaused = true;
                    cut.Finish();
                    break;
                case SessionEvent.Meddle { Action: var action }:
                    action(consumer);
                    break;
            }
        }
    }

    /// <summary>Taking away and giving back in one go: a seek is refused in some states of a partition, this never.</summary>
    public static void Reposition(IConsumer<byte[], byte[]> consumer, PartitionLane lane, long offset)
    {
        var partition = Kafka(lane.Partition);
        consumer.IncrementalUnassign([partition]);
        consumer.IncrementalAssign([new TopicPartitionOffset(partition, offset)]);
        consumer.Resume([partition]);
        lane.IsPaused = false;
        lane.IsAtEnd = false;
    }

    /// <summary>Ends these stays: waits for the batches in flight, then cancels them. Returns those that do not even end then; they end when their delivery does.</summary>
    public IReadOnlyList<PartitionLane> EndAll(IReadOnlyCollection<PartitionLane> lanes, TimeSpan patience, bool abort)
    {
        foreach (var lane in lanes)
        {
            if (abort)
            {
                lane.Abort();
            }
            else
            {
                lane.End();
            }
        }

        WaitAll([.. lanes.Select(lane => lane.Ended)], patience);
        var late = lanes.Where(lane => !lane.Ended.IsCompleted).ToList();
        late.ForEach(lane => lane.Abort());
        Task.WaitAll([.. late.Select(lane => lane.Ended)], AbortPatience);

        foreach (var lane in lanes.Where(IsCurrent))
        {
            context.Farewells[lane.Partition] = lane.Farewell();
            context.Lanes.TryRemove(lane.Partition, out _);
            context.Board.ClearProblem($"offset:{lane.Partition}");
        }

        context.Board.Touch();
        return [.. late.Where(lane => !lane.Ended.IsCompleted)];
    }

    public static TopicPartition Kafka(PartitionRef partition) => new(partition.Topic, partition.Partition);

    public static PartitionRef Ref(TopicPartition partition) => new(partition.Topic, partition.Partition.Value);

    private void Let(IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> partitions, bool lost)
    {
        var lanes = partitions.Select(partition => context.Lanes.GetValueOrDefault(Ref(partition.TopicPartition))).OfType<PartitionLane>().ToList();
        var late = EndAll(lanes, lost ? AbortPatience : context.Settings.RevokePatience, abort: lost);
        foreach (var lane in late)
        {
            context.Log.DeliveryOutlivesPartition(context.Settings.Id, lane.Partition.Topic, lane.Partition.Partition);
        }

        foreach (var lane in lanes.Where(_ => !lost))
        {
            Store(consumer, lane);
        }

        _unread.RemoveAll(unread => partitions.Any(partition => partition.TopicPartition == unread));
        try
        {
            // librdkafka keeps our pause over revoke and assign: the partition would never be fetched again when it returns.
            consumer.Resume(partitions.Select(partition => partition.TopicPartition));
        }
        catch (KafkaException)
        {
            // Its topic may be gone; then there is nothing to resume.
        }

        context.Log.PartitionsReleased(context.Settings.Id, lanes.Count, lost);
    }

    /// <summary>Tells librdkafka what may be committed; the commit itself happens in its background. For other tools only, so no error matters.</summary>
    public static void Store(IConsumer<byte[], byte[]> consumer, PartitionLane lane)
    {
        var slowest = lane.Slowest;
        if (slowest <= lane.Stored)
        {
            return;
        }

        lane.Stored = slowest;
        try
        {
            consumer.StoreOffset(new TopicPartitionOffset(Kafka(lane.Partition), slowest));
        }
        catch (KafkaException)
        {
            // No longer assigned: its new owner commits.
        }
    }

    private PartitionLane Open(PartitionRef partition, Lazy<Task<IReadOnlyDictionary<PartitionRef, PartitionFacts>>> together)
    {
        if (context.Lanes.TryGetValue(partition, out var old))
        {
            old.Abort();
        }

        return context.Open(partition, facts.For(partition, together));
    }

    private bool IsCurrent(PartitionLane lane) => context.Lanes.TryGetValue(lane.Partition, out var current) && ReferenceEquals(current, lane);

    private void WaitAll(Task[] tasks, TimeSpan patience)
    {
        try
        {
            Task.WaitAll(tasks, (int)patience.TotalMilliseconds, context.Hurry.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            // Hurry, or a task that is looked at by the caller anyway.
        }
    }
}
