using System.Diagnostics;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Storage.Writing;

/// <summary>Something queued for the writer, with the task its caller waits for.</summary>
internal abstract class WriteItem
{
    /// <summary>About how many rows it writes; bounds a group.</summary>
    public virtual int Weight => 1;

    /// <summary>Set while the item's own transaction runs, when the item is refused without harm to the others of its group.</summary>
    public Exception? Refusal { get; set; }

    public void Complete()
    {
        if (Refusal is { } refusal)
            Fail(refusal);
        else
            Succeed();
    }

    public abstract void Fail(Exception exception);

    protected abstract void Succeed();
}

internal abstract class WriteItem<T> : WriteItem
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _done.Task;

    protected T? Result { get; set; }

    public override void Fail(Exception exception) => _done.TrySetException(exception);

    protected override void Succeed() => _done.TrySetResult(Result!);
}

internal sealed class PhotometryAppend(long targetId, IReadOnlyList<PhotometryRow> rows) : WriteItem<IReadOnlyList<RowFate>>
{
    public long TargetId => targetId;

    /// <summary>The span that stores them, where somebody listens.</summary>
    public string? Trace { get; } = Activity.Current?.Id;

    public IReadOnlyList<PhotometryRow> Rows => rows;

    public override int Weight => Math.Max(1, rows.Count);

    public void SetFates(IReadOnlyList<RowFate> fates) => Result = fates;
}

internal sealed class CursorMoving(CursorMove move) : WriteItem<bool>
{
    public CursorMove Move => move;

    public override int Weight => 1 + move.Parked.Count + move.Kept.Count;

    public void SetMoved(bool moved) => Result = moved;
}

/// <summary>Work of another kind, without its result type.</summary>
internal interface ITransactionWork
{
    Task RunAsync(DbTransactionContext context);
}

internal sealed class TransactionWork<T>(Func<DbTransactionContext, Task<T>> work) : WriteItem<T>, ITransactionWork
{
    public async Task RunAsync(DbTransactionContext context) => Result = await work(context);
}
