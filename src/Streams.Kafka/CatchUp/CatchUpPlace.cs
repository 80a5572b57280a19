using TomOrleans.Streams.Kafka.Partitions;

namespace TomOrleans.Streams.Kafka.CatchUp;

/// <summary>A partition that is open for catching up: who waits for it and what was read ahead. Reader's thread only.</summary>
internal sealed class CatchUpPlace(PartitionRef partition, long offset, TimeProvider time)
{
    private const long BatchBytes = 1024 * 1024;
    private const long FullBytes = 1024 * 1024;
    private const int TurnBatches = 16;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private readonly Queue<StreamRecord> _records = new();
    private int _batches;
    private long _end = -1;
    private bool _isSure;
    private long _doubted = -1;
    private long _doubtedEnd = -1;

    public PartitionRef Partition { get; } = partition;

    public long OpenedAt { get; } = time.GetTimestamp();

    public Queue<CatchUpRequest> Requests { get; } = new();

    /// <summary>The offset the next batch begins at, if it is asked for.</summary>
    public long Next { get; private set; } = offset;

    /// <summary>Bytes read ahead.</summary>
    public long Bytes { get; private set; }

    /// <summary>The broker is being asked what it has; nothing is fetched.</summary>
    public bool IsChecking { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>The broker no longer has what comes after the records read ahead; nothing is fetched.</summary>
    public bool IsBroken { get; set; }

    /// <summary>When it was last asked for something or got something.</summary>
    public long LastMove { get; set; } = time.GetTimestamp();

    public bool IsFull => Bytes >= FullBytes;

    public bool MayResume => Bytes < FullBytes / 2;

    public bool IsAtEnd => _end >= 0;

    /// <summary>The end was handed out already and nothing came since.</summary>
    public bool EndIsKnown { get; private set; }

    public bool HasAnswer => _records.Count > 0 || IsAtEnd;

    public int Waiting => Requests.Count;

    /// <summary>Others may have its place: it got what one gets at a time.</summary>
    public bool TurnIsOver => (time.GetElapsedTime(OpenedAt) >= Turn || _batches >= TurnBatches) && (_batches > 0 || Requests.Count == 0);

    /// <summary>
    /// Whether what came first after a move leaves something out, and was not seen to do so before. Then it is read once more: what librdkafka still had from another place is gone then, while a
    /// compacted topic, or one with transactions, answers with the same.
    /// </summary>
    public bool Doubts(StreamRecord record) => Doubts(record.Offset, ref _doubted, record.Offset == _doubted);

    /// <summary>The same of an end, which may move on meanwhile.</summary>
    public bool DoubtsEnd(long offset) => Doubts(offset, ref _doubtedEnd, _doubtedEnd >= 0 && offset >= _doubtedEnd);

    public void Add(StreamRecord record)
    {
        _isSure = true;
        _records.Enqueue(record);
        Bytes += BufferBudget.SizeOf(record);
        _end = -1;
        EndIsKnown = false;
        LastMove = time.GetTimestamp();
    }

    /// <summary>There is nothing below this offset that was not read.</summary>
    public void End(long offset) => _end = offset;

    /// <summary>Only where there is an answer.</summary>
    public CatchUpBatch Take(int most)
    {
        var taken = new List<StreamRecord>(Math.Min(most, _records.Count));
        long bytes = 0;
        while (taken.Count < most && _records.TryPeek(out var record) && (taken.Count == 0 || bytes + BufferBudget.SizeOf(record) <= BatchBytes))
        {
            taken.Add(_records.Dequeue());
            bytes += BufferBudget.SizeOf(record);
        }

        if (_records.Count == 0 && IsAtEnd)
        {
            Next = Math.Max(_end, taken.Count > 0 ? taken[^1].Offset + 1 : Next);
            EndIsKnown = true;
        }
        else
        {
            Next = taken[^1].Offset + 1;
        }

        Bytes -= bytes;
        _batches++;
        LastMove = time.GetTimestamp();
        return new CatchUpBatch(taken, Next, -1);
    }

    /// <summary>Forgets what was read ahead.</summary>
    public void MoveTo(long offset)
    {
        _records.Clear();
        Bytes = 0;
        IsBroken = false;
        _end = -1;
        _isSure = false;
        if (offset != Next)
        {
            (_doubted, _doubtedEnd) = (-1, -1);
        }

        EndIsKnown = false;
        Next = offset;
        LastMove = time.GetTimestamp();
    }

    private bool Doubts(long offset, ref long doubted, bool wasSeen)
    {
        if (_isSure || wasSeen || offset <= Next)
        {
            return false;
        }

        doubted = offset;
        return true;
    }
}
