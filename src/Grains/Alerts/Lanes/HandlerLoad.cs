using System.Collections.Concurrent;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// Counts the batches that one handler of a topic holds beside the live ones, over all partitions of this silo. Each is memory that nobody else can free, so a handler
/// that does not answer is given no more than a few. Safe on any thread.
/// </summary>
public sealed class HandlerLoad(TimeProvider time)
{
    private const int Limit = 8;

    /// <summary>A handler that answers about that often is slow, not jammed.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _held;
    private long? _answeredAt;

    /// <summary>The handler has all it may hold and answers nowhere: what is new waits in Kafka, not here.</summary>
    public bool IsJammed
    {
        get
        {
            lock (_gate)
            {
                return _held >= Limit && (_answeredAt is not { } at || time.GetElapsedTime(at) >= Moment);
            }
        }
    }

    /// <summary>Other partitions of the handler wait for their turn.</summary>
    public bool OthersWait
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Counts a batch that it has already.</summary>
    public void Count()
    {
        lock (_gate)
        {
            _held++;
        }
    }

    /// <summary>Waits for its turn to hold one more.</summary>
    public Task EnterAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_held < Limit)
            {
                _held++;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            cancellation.UnsafeRegister(static waiting => ((TaskCompletionSource)waiting!).TrySetCanceled(), turn);
            return turn.Task;
        }
    }

    /// <summary>It answered a batch, and keeps its turn.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            _answeredAt = time.GetTimestamp();
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _held--;
            while (_held < Limit && _waiting.TryDequeue(out var next))
            {
                _held += next.TrySetResult() ? 1 : 0;
            }
        }
    }
}

/// <summary>The loads of this silo's handlers.</summary>
public sealed class HandlerLoads(TimeProvider time)
{
    private readonly ConcurrentDictionary<(TopicName, string), HandlerLoad> _loads = new();

    public HandlerLoad Of(HandlerKey key) => _loads.GetOrAdd((key.Partition.Topic, key.Handler), _ => new(time));
}
