using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Partitions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Keeps the buffers bounded by pausing partitions, and does the small work of each second. Poll thread only.</summary>
internal sealed class FlowControl(StreamContext context, IConsumer<byte[], byte[]> consumer)
{
    /// <summary>
    /// Pausing throws away what librdkafka has read ahead: a moment's patience is cheaper, if the partition is moving at all. But while we wait nobody else is served, and what
    /// librdkafka has for us (a rebalance too) queues behind what it has read: so no more than this in a second.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly HashSet<PartitionLane> _held = [];
    private long _lastSecond = context.Time.GetTimestamp();
    private TimeSpan _waited;
    private bool _ranDry;

    /// <summary>Some partition waits for its buffer to drain.</summary>
    public bool IsHolding => _held.Count > 0;

    /// <summary>Set when the whole consumer, or a heartbeat, is silent and the consumer has to be built anew.</summary>
    public KafkaFault? Silence { get; private set; }

    /// <summary>librdkafka had nothing at hand.</summary>
    public void RanDry() => _ranDry = true;

    public void Hold(PartitionLane lane)
    {
        if (!context.Budget.IsFull(lane.Held) || lane.IsPaused)
        {
            return;
        }

        lane.Announce();
        if (!lane.IsInTrouble)
        {
            while (context.Budget.IsFull(lane.Held) && _waited < Patience)
            {
                var since = context.Time.GetTimestamp();
                context.Drained.WaitOne(Patience - _waited);
                _waited += context.Time.GetElapsedTime(since);
            }

            if (!context.Budget.IsFull(lane.Held))
            {
                return;
            }
        }

        consumer.Pause([Assignments.Kafka(lane.Partition)]);
        lane.IsPaused = true;
        _held.Add(lane);
    }

    public void Serve()
    {
        if (_held.Count > 0)
        {
            _held.RemoveWhere(Release);
        }

        if (context.Time.GetElapsedTime(_lastSecond) >= Second)
        {
            _lastSecond = context.Time.GetTimestamp();
            _waited = TimeSpan.Zero;
            foreach (var lane in context.Lanes.Values.Where(lane => lane.IsReading))
            {
                Look(lane);
            }

            Listen();
            ListenToHeartbeats();
            _ranDry = false;
        }
    }

    private bool Release(PartitionLane lane)
    {
        if (!lane.IsReading || !lane.IsPaused)
        {
            // It ended; whoever ended it has resumed the partition.
            return true;
        }

        if (!context.Budget.MayResume(lane.Held))
        {
            return false;
        }

        consumer.Resume([Assignments.Kafka(lane.Partition)]);
        lane.IsPaused = false;
        return true;
    }

    private void Look(PartitionLane lane)
    {
        lane.Follow();
        Assignments.Store(consumer, lane);
        try
        {
            var marks = consumer.GetWatermarkOffsets(Assignments.Kafka(lane.Partition));
            if (marks.High.Value >= 0)
            {
                // Never back: for a partition that is not fetched librdkafka's value is old, and the broker was asked (TopicWatch).
                lane.HighOffset = Math.Max(Math.Max(marks.High.Value, lane.Reached), lane.HighOffset);
            }
        }
        catch (KafkaException)
        {
            // Nothing fetched yet.
        }

        // While it reads as fast as it can, a partition may have to wait for its turn longer than any watch: the broker fills its answers with others first.
        var end = _ranDry ? lane.HighOffset : lane.Reached;
        if (!lane.IsPaused && lane.InFlight == 0 && lane.Stall.Check(lane.Reached, end, context.Time))
        {
            context.Log.PartitionStalled(context.Settings.Id, lane.Partition.Topic, lane.Partition.Partition, lane.Position, lane.HighOffset);
            Assignments.Reposition(consumer, lane, lane.Position);
            context.Silence.Cured();
        }
    }

    private void ListenToHeartbeats()
    {
        var heard = context.Lanes.Values.Where(lane => lane is { IsReading: true, Heartbeat: not null }).GroupBy(lane => lane.Heartbeat!).ToDictionary(lanes => lanes.Key);
        foreach (var (heartbeat, lanes) in heard)
        {
            Note(lanes.First().Partition.Topic, heartbeat, heartbeat.Look(lanes.All(lane => lane.IsBusy)));
        }

        // A topic that is there and not read here is read by another member of the group, which watches it.
        foreach (var topic in context.Heartbeats.Named.Where(topic => !context.Board.Topics.Contains(topic)))
        {
            if (context.Heartbeats.Of(topic) is { } heartbeat && !heard.ContainsKey(heartbeat))
            {
                Note(topic, heartbeat, heartbeat.Look(isExcused: false, isAbsent: true));
            }
        }
    }

    private void Note(string topic, Heartbeat heartbeat, string? reason)
    {
        if (heartbeat.State is { } state && state != heartbeat.Logged)
        {
            heartbeat.Logged = state;
            context.Log.HeartbeatChanged(context.Settings.Id, topic, state);
            context.Board.Touch();
        }

        if (reason is not null)
        {
            Silence ??= new KafkaFault(FaultKind.Broken, reason);
        }
    }

    private void Listen()
    {
        var behind = context.Lanes.Values
            .Where(lane => lane is { IsReading: true, IsPaused: false, InFlight: 0, IsAtEnd: false } && lane.Reached < lane.HighOffset)
            .ToDictionary(lane => lane.Partition, lane => (lane.Reached, lane.HighOffset));
        if (context.Silence.Check(behind))
        {
            var more = behind.Count > 1 ? $" and {behind.Count - 1} more" : "";
            Silence = new KafkaFault(FaultKind.Broken, $"no message comes although the broker has some ({behind.Keys.First()}{more})");
        }
    }
}
