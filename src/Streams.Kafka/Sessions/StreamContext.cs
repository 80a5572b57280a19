using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using TomOrleans.Streams.Kafka.Partitions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>What outlives a single Kafka consumer: everything a stream's sessions, lanes and reporter share.</summary>
internal sealed class StreamContext(StreamSettings settings, IStreamSink sink, ILogger log, TimeProvider time, CancellationToken stop)
{
    private readonly ConcurrentDictionary<PartitionRef, Task> _tails = new();
    private readonly ConcurrentQueue<SessionEvent> _events = new();

    public StreamSettings Settings { get; } = settings;

    public TopicPatterns Patterns { get; } = new(settings.Topics);

    public IStreamSink Sink { get; } = sink;

    public ILogger Log { get; } = log;

    public TimeProvider Time { get; } = time;

    public RepeatGate Gate { get; } = new(time);

    public RetrySignal Retry { get; } = new();

    public BufferBudget Budget { get; } = new(settings.MaxBufferedBytes);

    public SilenceWatch Silence { get; } = new(time);

    public StreamBoard Board { get; } = new();

    public HeartbeatBoard Heartbeats { get; } = new(settings, new TopicPatterns(settings.Topics), time);

    /// <summary>What is shown of the stream as a whole.</summary>
    public string State => Board.State == StreamBoard.Connected && Heartbeats.Trouble is { } trouble ? trouble : Board.State;

    /// <summary>What is known of the partitions' messages in time, whoever reads them.</summary>
    public ConcurrentDictionary<PartitionRef, ArrivalMeter> Arrivals { get; } = new();

    /// <summary>The partitions this consumer has. Changed by the poll thread only.</summary>
    public ConcurrentDictionary<PartitionRef, PartitionLane> Lanes { get; } = new();

    /// <summary>Last words on released partitions that no report has carried yet.</summary>
    public ConcurrentDictionary<PartitionRef, PartitionSnapshot> Farewells { get; } = new();

    /// <summary>Set whenever a buffer got smaller; the poll thread waits for it.</summary>
    public AutoResetEvent Drained { get; } = new(false);

    /// <summary>Cancelled when the stream is to stop: no batch is begun from then on.</summary>
    public CancellationToken Stop { get; } = stop;

    /// <summary>Cancelled when the time to stop in order is over.</summary>
    public CancellationTokenSource Hurry { get; } = new();

    /// <summary>True once the sink has stored its start offsets.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>Partitions whose start could not be resolved then: prepared again, alone, before they are claimed.</summary>
    public ConcurrentDictionary<PartitionRef, bool> Unprepared { get; } = new();

    public PartitionLane Open(PartitionRef partition, Func<CancellationToken, Task<PartitionFacts>> facts)
    {
        var lane = new PartitionLane(partition, this, _tails.GetValueOrDefault(partition, Task.CompletedTask), facts);
        _tails[partition] = lane.Ended;
        Lanes[partition] = lane;
        Farewells.TryRemove(partition, out _);
        return lane;
    }

    /// <summary>For the poll thread to do.</summary>
    public void Post(SessionEvent what) => _events.Enqueue(what);

    public bool TryTake(out SessionEvent? what) => _events.TryDequeue(out what);
}

/// <summary>Something the poll thread has to do.</summary>
internal abstract record SessionEvent
{
    /// <summary>A partition that had to wait for its claim has it now.</summary>
    public sealed record Claimed(PartitionLane Lane) : SessionEvent;

    /// <summary>Something that librdkafka might do by itself, for tests of what we do then.</summary>
    public sealed record Meddle(Action<IConsumer<byte[], byte[]>> Action) : SessionEvent;

    /// <summary>A partition's cursor is no longer what it was read by.</summary>
    public sealed record Reclaim(PartitionRef Partition) : SessionEvent;

    /// <summary>The broker does not have what comes next. What was read before is delivered; then the partition is claimed anew.</summary>
    public sealed record OutOfRange(PartitionRef Partition) : SessionEvent;
}
