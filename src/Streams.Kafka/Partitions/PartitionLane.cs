using System.Diagnostics.CodeAnalysis;
using TomOrleans.Streams.Kafka.Sessions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// One stay of a partition with this consumer: claimed, delivered from, released, in this order and never overlapping the stay before. The poll thread adds
/// records and ends it; everything towards the sink happens on the thread pool.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its token sources and signals have no timer and no wait handle that would have to be freed.")]
internal sealed class PartitionLane
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);

    private readonly StreamContext _context;
    private readonly Func<CancellationToken, Task<PartitionFacts>> _facts;
    private readonly RecordBuffer _records;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ArrivalMeter _arrivals;
    private readonly Heartbeat? _heartbeat;
    private long _held;
    private long _inFlight;
    private long _position = -1;
    private long _end = -1;
    private long _delivered = -1;
    private long _slowest = -1;
    private long _high = -1;
    private long _lastMessage = -1;
    private long _claimed = -1;
    private long _doubted = -1;
    private bool _isSure;
    private volatile string? _waiting;

    public PartitionLane(PartitionRef partition, StreamContext context, Task previous, Func<CancellationToken, Task<PartitionFacts>> facts)
    {
        Partition = partition;
        _context = context;
        _facts = facts;
        _arrivals = context.Arrivals.GetOrAdd(partition, _ => new());
        _heartbeat = context.Heartbeats.Of(partition.Topic);
        _records = new(context.Settings.MaxBatchRecords);
        Ended = Task.Run(() => LiveAsync(previous));
    }

    public PartitionRef Partition { get; }

    /// <summary>Completes when the first try to claim has succeeded or failed.</summary>
    public Task FirstAttempt => _firstAttempt.Task;

    /// <summary>Completes when it is released and nothing is in flight; never fails.</summary>
    public Task Ended { get; }

    /// <summary>Set once: where the sink wants to be read from. -1 before.</summary>
    public long Claimed => Interlocked.Read(ref _claimed);

    /// <summary>What is delivered with its fates; -1 before the first batch.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>What every handler has done with, as the sink said last; -1 before the first batch.</summary>
    public long Slowest => Interlocked.Read(ref _slowest);

    /// <summary>Bytes read that have no fate yet.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Records read that have no fate yet.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    public bool IsInTrouble => _waiting is not null;

    /// <summary>Null where the topic holds none.</summary>
    public Heartbeat? Heartbeat => _heartbeat;

    /// <summary>What comes waits for us, not we for it.</summary>
    public bool IsBusy => IsPaused || IsInTrouble || InFlight > 0;

    /// <summary>True from <see cref="Start"/> on. Poll thread only.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Fetching is paused in librdkafka. Poll thread only.</summary>
    public bool IsPaused { get; set; }

    /// <summary>
    /// Nothing more comes for now, says the broker since the partition was read anew or since the last record. What it has beyond that is not to be had yet, as with an open transaction, and
    /// no fault of the consumer. Poll thread only.
    /// </summary>
    public bool IsAtEnd { get; set; }

    /// <summary>The offset last handed to librdkafka to commit. Poll thread only.</summary>
    public long Stored { get; set; } = -1;

    public StallWatch Stall { get; } = new();

    /// <summary>The offset after the last record that was read; -1 before <see cref="Start"/>.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>The same, or the partition's end, where nothing but transaction markers lies between. For those who watch and show: what is read next is said by <see cref="Position"/>.</summary>
    public long Reached => Math.Max(Position, Interlocked.Read(ref _end));

    public long HighOffset
    {
        get => Interlocked.Read(ref _high);
        set => Interlocked.Exchange(ref _high, value);
    }

    /// <summary>librdkafka reads from <see cref="Claimed"/> from now on. Poll thread only.</summary>
    public void Start()
    {
        Interlocked.Exchange(ref _position, Claimed);
        IsReading = true;
    }

    /// <summary>
    /// Whether this record leaves something out at the very beginning of what is read, and was not seen to do so before. Then it is read once more: a compacted topic, or one with transactions, answers
    /// with the same record, while one that librdkafka still had from another place is gone. Poll thread only.
    /// </summary>
    public bool Doubts(StreamRecord record)
    {
        if (_isSure || !IsReading || record.Offset <= Position || record.Offset == _doubted)
        {
            return false;
        }

        _doubted = record.Offset;
        return true;
    }

    /// <summary>Poll thread only. What was read before <see cref="Start"/> or lies before the position is not ours to deliver.</summary>
    public void Add(StreamRecord record)
    {
        if (!IsReading || record.Offset < Position)
        {
            return;
        }

        _isSure = true;
        IsAtEnd = false;
        var size = BufferBudget.SizeOf(record);
        _context.Budget.Take(size);
        Interlocked.Add(ref _held, size);
        Interlocked.Increment(ref _inFlight);
        Interlocked.Exchange(ref _position, record.Offset + 1);
        Interlocked.Exchange(ref _lastMessage, record.TimestampMicroseconds);
        if (_arrivals.Add(record.Offset, record.TimestampMicroseconds))
        {
            _heartbeat?.Heard();
        }

        _records.Add(record);
    }

    /// <summary>The broker has nothing more before this offset. Poll thread only.</summary>
    public void ReachEnd(long offset)
    {
        Announce();
        if (IsReading)
        {
            Interlocked.Exchange(ref _end, offset);
            IsAtEnd = true;
        }
    }

    /// <summary>Nothing more is at hand for it: what was added is delivered. Poll thread only.</summary>
    public void Announce() => _records.Announce();

    /// <summary>No further record. What was read is delivered, however long that takes, and then the partition is claimed anew. Poll thread only.</summary>
    public void Finish()
    {
        IsReading = false;
        Announce();
        _records.Complete();
    }

    /// <summary>No further record and no further batch; the one in flight may finish, a wait between two tries ends. Poll thread only.</summary>
    public void End()
    {
        if (_ending.IsCancellationRequested)
        {
            return;
        }

        IsReading = false;
        _ending.Cancel();
        _records.Complete();
        _ = Ended.ContinueWith(_ => Settle(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The one in flight is cancelled too. Poll thread only.</summary>
    public void Abort()
    {
        End();
        _abort.Cancel();
    }

    public PartitionSnapshot Snapshot() => new(
        Partition, Reached, HighOffset, Interlocked.Read(ref _lastMessage) is >= 0 and var time ? time : null, _waiting, InFlight, false, _arrivals.UsualGapMicroseconds, _heartbeat?.State);

    /// <summary>The last word on it, when it goes to another owner: what had no fate will be read again there.</summary>
    public PartitionSnapshot Farewell() =>
        Snapshot() with { Position = Delivered >= 0 ? Delivered : Claimed, InFlight = 0, Waiting = null, Released = true };

    private async Task LiveAsync(Task previous)
    {
        if (!previous.IsCompleted)
        {
            _waiting = "a delivery from before the partition was moved has not ended yet";
            await previous;
        }

        _waiting = "being claimed";
        if (await new PartitionClaiming(this, _context, _facts, _ending.Token).RunAsync() is not { } claim)
        {
            Tried();
            return;
        }

        HighOffset = claim.HighOffset;
        _waiting = null;
        Interlocked.Exchange(ref _claimed, claim.Offset);
        Tried();
        _context.Post(new SessionEvent.Claimed(this));
        var isFinished = await new BatchPump(this, _context, _records, _ending.Token, _abort.Token).RunAsync();
        await ReleaseAsync();
        if (isFinished)
        {
            _context.Post(new SessionEvent.Reclaim(Partition));
        }
    }

    /// <summary>A handler that was behind when the last batch was done has caught up since, though nothing new came. Poll thread only.</summary>
    public void Follow()
    {
        var (slowest, delivered) = (Slowest, Delivered);
        if (slowest < delivered && Math.Min(_context.Sink.SlowestOf(Partition), delivered) is var now && now > slowest)
        {
            Interlocked.CompareExchange(ref _slowest, now, slowest);
        }
    }

    /// <summary>Gives back what was read and not delivered. Only when nothing is added any more and nothing is in flight.</summary>
    private void Settle()
    {
        _context.Budget.Return(Interlocked.Exchange(ref _held, 0));
        Interlocked.Exchange(ref _inFlight, 0);
        _context.Drained.Set();
    }

    /// <summary>Also when the claim was lost: the sink then has nothing to do.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(ReleaseLimit, _context.Time);
            await _context.Sink.ReleaseAsync(Partition, limit.Token);
        }
        catch (Exception e)
        {
            _context.Log.ReleaseFailed(e, _context.Settings.Id, Partition.Topic, Partition.Partition);
        }
    }

    /// <summary>Before the next try; shorter where somebody knows that it may succeed now.</summary>
    internal async Task PauseAsync(TimeSpan time)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        await Task.WhenAny(Task.Delay(time, _context.Time, pause.Token), _context.Retry.Next);
        await pause.CancelAsync();
    }

    internal void Wait(string? reason) => _waiting = reason;

    /// <summary>A try to claim has ended, well or not.</summary>
    internal void Tried() => _firstAttempt.TrySetResult();

    internal void Done(StreamBatch batch, long bytes, long slowest)
    {
        Interlocked.Exchange(ref _delivered, batch.NextOffset);
        Interlocked.Exchange(ref _slowest, slowest);
        Interlocked.Add(ref _held, -bytes);
        Interlocked.Add(ref _inFlight, -batch.Records.Count);
        _context.Budget.Return(bytes);
        _context.Drained.Set();
    }
}
