using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TomOrleans.Streams.Kafka.CatchUp;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka;

/// <summary>
/// Reads partitions again for those who fell behind, beside the stream's consumer group: never a member of it, never commits. At most eight partitions are open at once, the others
/// wait their turn; about 16 MiB are read ahead. The Kafka consumer is made at the first read and goes after a minute without any. Safe on any thread.
/// </summary>
public sealed class CatchUpReader(StreamSettings settings, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<CatchUpEvent> _events = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly CancellationTokenSource _stop = new();
    private readonly BackoffSchedule _backoff = BackoffSchedule.ForRefused();
    private readonly RepeatGate _repeats = new(time);
    private Task _thread = Task.CompletedTask;
    private bool _running;
    private (string Reason, long Since, TimeSpan Wait)? _refusal;

    /// <summary>
    /// Returns as soon as there is a record at or above the offset, with what waits there (at most <see cref="StreamSettings.MaxBatchRecords"/> and 1 MiB, one record however large), or
    /// when the end of the partition is reached. Reading on where the last batch ended is cheap, any other offset costs a new fetch. Nothing is kept of what was read: repeating is safe.
    /// </summary>
    /// <exception cref="StreamUnavailableException">The broker does not answer or refuses; back off and repeat.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed, perhaps in the middle of this read.</exception>
    public Task<CatchUpBatch> ReadAsync(PartitionRef partition, long offset, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ct.ThrowIfCancellationRequested();
        var request = new CatchUpRequest(partition, offset, time.GetTimestamp());
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (_refusal is { } refusal && time.GetElapsedTime(refusal.Since) < refusal.Wait)
            {
                throw new StreamUnavailableException(refusal.Reason);
            }

            _events.Enqueue(new CatchUpEvent.Asked(request));
            if (!_running)
            {
                _running = true;
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _thread = ended.Task;
                new Thread(() => Run(ended)) { IsBackground = true, Name = $"kafka {settings.Id} catch-up" }.Start();
            }
        }

        _wake.Set();
        return request.WaitAsync(ct);
    }

    /// <summary>The partition needs no catch-up any more: what was read ahead is freed. Nothing happens where somebody still waits for it.</summary>
    public void Forget(PartitionRef partition)
    {
        lock (_gate)
        {
            if (_running)
            {
                _events.Enqueue(new CatchUpEvent.Forgotten(partition));
            }
        }
    }

    /// <summary>Reads under way fail; returns when the Kafka consumer is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Task thread;
        lock (_gate)
        {
            _stop.Cancel();
            thread = _thread;
        }

        _wake.Set();
        await thread;
    }

    private void Run(TaskCompletionSource ended)
    {
        do
        {
            var fault = RunSession();
            lock (_gate)
            {
                _refusal = fault is null ? null : (fault.Reason, time.GetTimestamp(), _backoff.Next());
            }
        }
        while (!Ends());
        ended.SetResult();
    }

    private KafkaFault? RunSession()
    {
        CatchUpSession? session = null;
        KafkaFault? fault;
        try
        {
            session = new CatchUpSession(settings, logger, time, _repeats, _events, _wake);
            fault = session.Run(_stop.Token);
        }
        catch (Exception e)
        {
            logger.CatchUpBroke(e, settings.Id);
            fault = new KafkaFault(FaultKind.Broken, Reasons.Of(e));
        }

        if (session is { HasRead: true })
        {
            _backoff.Reset();
        }

        session?.Close(fault);
        return fault;
    }

    /// <summary>Who asked in the meantime is told what the session ended with, or gets a new one.</summary>
    private bool Ends()
    {
        lock (_gate)
        {
            if (!_stop.IsCancellationRequested && _refusal is null && !_events.IsEmpty)
            {
                return false;
            }

            while (_events.TryDequeue(out var what))
            {
                if (what is CatchUpEvent.Asked { Request: var request })
                {
                    request.Fail(_refusal is { } refusal ? new StreamUnavailableException(refusal.Reason) : new ObjectDisposedException(nameof(CatchUpReader)));
                }
            }

            _running = false;
            return true;
        }
    }
}
