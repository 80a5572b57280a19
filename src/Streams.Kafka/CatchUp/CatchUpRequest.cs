namespace TomOrleans.Streams.Kafka.CatchUp;

/// <summary>Somebody waits for records. Only the first answer counts.</summary>
internal sealed class CatchUpRequest(PartitionRef partition, long offset, long askedAt)
{
    private readonly TaskCompletionSource<CatchUpBatch> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PartitionRef Partition { get; } = partition;

    public long Offset { get; } = offset;

    public long AskedAt { get; } = askedAt;

    /// <summary>Answered, failed or given up.</summary>
    public bool IsOver => _answer.Task.IsCompleted;

    /// <summary>The broker said once that it does not have the offset although it is within its range.</summary>
    public bool WasContradicted { get; set; }

    public async Task<CatchUpBatch> WaitAsync(CancellationToken ct)
    {
        await using var registration = ct.UnsafeRegister((_, token) => _answer.TrySetCanceled(token), null);
        return await _answer.Task;
    }

    public void Answer(CatchUpBatch batch) => _answer.TrySetResult(batch);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
