using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Streams.Kafka.CatchUp;

/// <summary>What the Kafka consumer fetches: the open places that still have room. Reader's thread only.</summary>
internal sealed class CatchUpAssignment(IConsumer<byte[], byte[]> consumer)
{
    private const long MostBytes = 16 * 1024 * 1024;
    private readonly HashSet<TopicPartition> _assigned = [];

    /// <summary>Reads from there. Taking away and giving back: a seek is refused in some states of a partition, this never.</summary>
    public void Put(CatchUpPlace place, long offset)
    {
        Remove(place);
        var partition = Assignments.Kafka(place.Partition);
        consumer.IncrementalAssign([new TopicPartitionOffset(partition, offset)]);
        _assigned.Add(partition);
        place.MoveTo(offset);
    }

    public void Remove(CatchUpPlace place)
    {
        var partition = Assignments.Kafka(place.Partition);
        if (!_assigned.Remove(partition))
        {
            return;
        }

        if (place.IsPaused)
        {
            // librdkafka keeps a pause until the partition returns.
            consumer.Resume([partition]);
            place.IsPaused = false;
        }

        consumer.IncrementalUnassign([partition]);
    }

    public void PauseWhereFull(CatchUpPlace place, IEnumerable<CatchUpPlace> all)
    {
        if (!place.IsPaused && (place.IsFull || all.Sum(each => each.Bytes) >= MostBytes))
        {
            consumer.Pause([Assignments.Kafka(place.Partition)]);
            place.IsPaused = true;
        }
    }

    public void ResumeWhereDrained(CatchUpPlace place)
    {
        if (place is { IsPaused: true, MayResume: true })
        {
            consumer.Resume([Assignments.Kafka(place.Partition)]);
            place.IsPaused = false;
        }
    }
}
