using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Storage.Writing;

/// <summary>
/// All writes of a silo, one transaction after the other: takes whatever is queued, commits it together, then completes each caller's task. A task that has completed is
/// durable. An item whose data is at fault fails alone with <see cref="StorageException"/>; when the database fails, every item of the group fails with
/// <see cref="StorageUnavailableException"/> after a few tries, and the callers repeat. Appends and cursor moves are safe to repeat.
/// </summary>
public sealed partial class GroupCommitWriter : IIngestWriter, IAsyncDisposable
{
    private readonly Channel<WriteItem> _queue;
    private readonly GroupCommitOptions _options;
    private readonly ILogger _logger;
    private readonly GroupTransaction _transaction;
    private readonly Task _loop;
    private long _transactions;
    private long _items;

    public GroupCommitWriter(TomDatabase database, GroupCommitOptions? options = null, ILogger<GroupCommitWriter>? logger = null, TimeProvider? time = null)
    {
        _options = options ?? new();
        _logger = logger ?? NullLogger<GroupCommitWriter>.Instance;
        _transaction = new GroupTransaction(database, time ?? TimeProvider.System);
        _queue = Channel.CreateBounded<WriteItem>(new BoundedChannelOptions(_options.QueueCapacity) { SingleReader = true });
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Transactions committed.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Items that those transactions carried.</summary>
    public long Items => Interlocked.Read(ref _items);

    /// <summary>Measurements that wait for a continuous share are durable. Raised by the writer's own loop among others, which waits for whoever listens: return at once.</summary>
    public event Action? PointsOrdered;

    /// <summary>Says the same of what <see cref="RunAsync{T}(Func{DbTransactionContext, Task{T}})"/> made durable.</summary>
    internal void TellOrdered() => PointsOrdered?.Invoke();

    /// <summary>
    /// Stores the rows that are new, with the target's summary. One fate a row, in order. Safe to repeat. Throws <see cref="UnknownTargetException"/>, and
    /// <see cref="StorageException"/> for a row that cannot be kept (then none of them is).
    /// </summary>
    public Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows)
    {
        foreach (var row in rows)
            StoredPoint.Check(row);
        return rows.Count == 0 ? Task.FromResult<IReadOnlyList<RowFate>>([]) : QueueAsync(new PhotometryAppend(targetId, rows));
    }

    /// <summary>
    /// Moves a cursor. False, and nothing changed (no message parked either), when epoch or offset is not as expected: claim again, or drop the work. After
    /// <see cref="StorageUnavailableException"/> the move may have happened; a repeat then answers false, and the next claim tells the offset.
    /// </summary>
    public Task<bool> MoveCursorAsync(CursorMove move) => QueueAsync(new CursorMoving(move));

    /// <summary>
    /// Runs work in the group's transaction; an exception undoes this work alone. The work may run more than once before it commits, so it must have no effect outside the database.
    /// </summary>
    public Task<T> RunAsync<T>(Func<DbTransactionContext, Task<T>> work) => QueueAsync(new TransactionWork<T>(work));

    /// <inheritdoc cref="RunAsync{T}(Func{DbTransactionContext, Task{T}})"/>
    public Task<T> RunAsync<T>(Func<DbTransactionContext, T> work) => RunAsync(context => Task.FromResult(work(context)));

    /// <summary>Writes what is queued, then ends. What is queued later fails.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await _transaction.DisposeAsync();
    }

    private async Task<T> QueueAsync<T>(WriteItem<T> item)
    {
        try
        {
            await _queue.Writer.WriteAsync(item);
        }
        catch (ChannelClosedException)
        {
            throw new StorageUnavailableException("The silo is stopping; nothing more is written.");
        }

        return await item.Task;
    }

    private async Task LoopAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var group = new List<WriteItem>();
            var rows = 0;
            while (group.Count < _options.MaxItems && rows < _options.MaxRows && _queue.Reader.TryRead(out var item))
            {
                group.Add(item);
                rows += item.Weight;
            }

            await CommitAsync(group);
        }
    }

    private async Task CommitAsync(List<WriteItem> group)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await _transaction.RunAsync(group);
                Interlocked.Increment(ref _transactions);
                Interlocked.Add(ref _items, group.Count);
                group.ForEach(item => item.Complete());
                if (_transaction.HasOrdered)
                    PointsOrdered?.Invoke();
                return;
            }
            catch (Exception e) when (StorageFaults.IsOurs(e))
            {
                // Where the commit itself failed nobody knows whether it happened: a second try could do a piece of work twice, so the callers decide.
                if (_transaction.CommitIsUnknown || attempt == _options.RetryPauses.Count)
                {
                    LogGroupFailed(e, group.Count, attempt + 1);
                    group.ForEach(item => item.Fail(StorageFaults.Translate(e)));
                    return;
                }

                await Task.Delay(_options.RetryPauses[attempt]);
            }
            catch (Exception e) when (group.Count == 1)
            {
                group[0].Fail(StorageFaults.Translate(e));
                return;
            }
            catch (Exception e)
            {
                // Somebody's data is at fault. Halving finds whose in few transactions, and keeps the order.
                LogGroupSplit(e, group.Count);
                await CommitAsync(group.GetRange(0, group.Count / 2));
                await CommitAsync(group.GetRange(group.Count / 2, group.Count - (group.Count / 2)));
                return;
            }
        }
    }

}
