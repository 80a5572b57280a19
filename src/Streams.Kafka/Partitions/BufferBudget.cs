namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// Shares the buffer between partitions: each may hold a quarter of what is still free. One busy partition gets a fifth of all, four busy ones an eighth each, idle ones cost
/// nothing, and when many are stuck there is still room for another (Choudhury and Hahne's dynamic threshold).
/// </summary>
internal sealed class BufferBudget(long limit)
{
    /// <summary>Bookkeeping around a record's bytes: objects, array headers, its place in the queue.</summary>
    private const int RecordOverhead = 160;

    /// <summary>What a header takes where it is handed on.</summary>
    private const int HeaderOverhead = 24;
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    private long Free => Math.Max(0, limit - Used);

    public static long SizeOf(StreamRecord record) =>
        RecordOverhead + (record.Key?.Length ?? 0) + (record.Value?.Length ?? 0) + record.Headers.Size + (HeaderOverhead * record.Headers.Count);

    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>Nothing more may be read for a partition that holds this much. One that holds nothing may always read a record.</summary>
    public bool IsFull(long held) => held > 0 && held >= Free / 4;

    /// <summary>A paused partition goes on at half of where it stopped, as each pause throws away what librdkafka has read ahead.</summary>
    public bool MayResume(long held) => held == 0 || held <= Free / 8;
}
