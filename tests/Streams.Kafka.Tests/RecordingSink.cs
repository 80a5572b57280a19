using System.Collections.Concurrent;
using System.Text;

namespace TomOrleans.Streams.Kafka.Tests;

/// <summary>A sink that keeps all it gets, moves its cursors as a real one does, and writes down every breach of the promises of <see cref="IStreamSink"/>.</summary>
internal sealed class RecordingSink(CursorTable cursors) : IStreamSink
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly List<(PartitionRef Partition, StreamRecord Record)> _delivered = [];
    private readonly ConcurrentDictionary<PartitionRef, (long Epoch, long Next)> _claims = new();
    private readonly ConcurrentDictionary<PartitionRef, string> _inCall = new();
    private TaskCompletionSource _event = New();

    public RecordingSink()
        : this(new CursorTable())
    {
    }

    public CursorTable Cursors => cursors;

    /// <summary>Runs before a batch is taken; may wait or throw.</summary>
    public Func<StreamBatch, CancellationToken, Task> OnDeliver { get; set; } = (_, _) => Task.CompletedTask;

    public long SlowestOf(PartitionRef partition) => SlowestNow(partition);

    public Func<PartitionRef, PartitionFacts, Task> OnClaim { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs before the start offsets are stored.</summary>
    public Func<Task> OnPrepare { get; set; } = () => Task.CompletedTask;

    /// <summary>What the sink says of its slowest handler.</summary>
    public Func<StreamBatch, long> Slowest { get; set; } = batch => batch.NextOffset;

    /// <summary>What it says of it later, where it was behind.</summary>
    public Func<PartitionRef, long> SlowestNow { get; set; } = _ => -1;

    public StreamSnapshot Last { get; private set; } = new("none", [], [], []);

    public ConcurrentQueue<string> Breaches { get; } = new();

    public ConcurrentQueue<string> States { get; } = new();

    public ConcurrentQueue<(PartitionRef Partition, PartitionFacts Facts)> Claims { get; } = new();

    public ConcurrentQueue<PartitionRef> Releases { get; } = new();

    public ConcurrentQueue<int> BatchSizes { get; } = new();

    public IReadOnlyList<PartitionRef> Prepared { get; private set; } = [];

    public string? ClusterId { get; private set; }

    public ICollection<PartitionRef> Owned => _claims.Keys;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _delivered.Count;
            }
        }
    }

    public IReadOnlyList<StreamRecord> Records(PartitionRef partition)
    {
        lock (_gate)
        {
            return [.. _delivered.Where(delivered => delivered.Partition == partition).Select(delivered => delivered.Record)];
        }
    }

    public IReadOnlyList<string> Values(PartitionRef partition) => [.. Records(partition).Select(record => Encoding.UTF8.GetString(record.Value!))];

    /// <summary>Returns when it holds; it is looked at again after every call to the sink.</summary>
    public async Task UntilAsync(Func<bool> holds, string what, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Limit);
        while (true)
        {
            Task next;
            lock (_gate)
            {
                next = _event.Task;
            }

            if (holds())
            {
                return;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"within {Limit.TotalSeconds} s it did not happen that {what}; {Count} delivered, breaches [{string.Join("; ", Breaches)}], last state {Describe(Last)}");
            }
        }
    }

    public async Task PrepareAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct)
    {
        await OnPrepare();
        ClusterId = clusterId;
        Prepared = [.. Prepared, .. matching];
        var unknown = matching.Where(partition => cursors.Next(partition) is null).ToList();
        foreach (var (partition, offset) in await resolver.ResolveStartAsync(unknown, ct))
        {
            cursors.Set(partition, offset);
        }

        Signal();
    }

    public async Task<long> ClaimAsync(PartitionRef partition, PartitionFacts facts, CancellationToken ct)
    {
        using var call = Enter(partition, "claim");
        Claims.Enqueue((partition, facts));
        Signal();
        await OnClaim(partition, facts);
        if (_claims.ContainsKey(partition))
        {
            Breaches.Enqueue($"{partition} claimed twice");
        }

        var (next, epoch) = cursors.Claim(partition, facts.LowOffset);
        _claims[partition] = (epoch, next);
        Signal();
        return next;
    }

    public async Task<long> DeliverAsync(StreamBatch batch, CancellationToken ct)
    {
        using var call = Enter(batch.Partition, "deliver");
        await OnDeliver(batch, ct);
        if (!_claims.TryGetValue(batch.Partition, out var claim))
        {
            Breaches.Enqueue($"{batch.Partition} delivered without a claim");
            return -1;
        }

        var first = batch.Records[0].Offset;
        if (!cursors.TryMove(batch.Partition, claim.Epoch, claim.Next, batch.NextOffset))
        {
            throw new ClaimLostException($"the cursor is not at {claim.Next} of epoch {claim.Epoch}");
        }

        // After an offset was moved by the consumer the first batch starts elsewhere.
        if (first != claim.Next && _delivered.Exists(delivered => delivered.Partition == batch.Partition && delivered.Record.Offset >= first))
        {
            Breaches.Enqueue($"{batch.Partition} at {first} where {claim.Next} was due");
        }

        lock (_gate)
        {
            _delivered.AddRange(batch.Records.Select(record => (batch.Partition, record)));
        }

        _claims[batch.Partition] = claim with { Next = batch.NextOffset };
        BatchSizes.Enqueue(batch.Records.Count);
        Signal();
        return Slowest(batch);
    }

    public Task ReleaseAsync(PartitionRef partition, CancellationToken ct)
    {
        using var call = Enter(partition, "release");
        if (!_claims.TryRemove(partition, out _))
        {
            Breaches.Enqueue($"{partition} released without a claim");
        }

        Releases.Enqueue(partition);
        Signal();
        return Task.CompletedTask;
    }

    public Task ReportAsync(StreamSnapshot snapshot, CancellationToken ct)
    {
        if (snapshot.State != Last.State)
        {
            States.Enqueue(snapshot.State);
        }

        Last = snapshot;
        Signal();
        return Task.CompletedTask;
    }

    public static string Describe(StreamSnapshot snapshot) =>
        $"{snapshot.State} topics [{string.Join(",", snapshot.Topics)}] problems [{string.Join("; ", snapshot.Problems)}] {string.Join("; ", snapshot.Partitions)}";

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        lock (_gate)
        {
            _event.TrySetResult();
            _event = New();
        }
    }

    private Leave Enter(PartitionRef partition, string call)
    {
        if (!_inCall.TryAdd(partition, call))
        {
            Breaches.Enqueue($"{partition}: {call} during {_inCall.GetValueOrDefault(partition)}");
        }

        return new Leave(() => _inCall.TryRemove(partition, out _));
    }

    private sealed class Leave(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
