namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>Ends the pauses before a next try, all that are under way, at once. Safe on any thread.</summary>
internal sealed class RetrySignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Raise"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
