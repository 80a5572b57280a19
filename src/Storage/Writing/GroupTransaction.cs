using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Terms;

namespace TomOrleans.Storage.Writing;

/// <summary>One group in one transaction: number the terms, lock and read, decide, write, run the rarer works, commit.</summary>
internal sealed class GroupTransaction(TomDatabase database, TimeProvider time) : IAsyncDisposable
{
    private readonly GroupSession _session = database.Kind == SqlDialect.Sqlite ? new SqliteGroupSession(database, time) : new PostgreSqlGroupSession(database, time);

    /// <summary>True when the last run failed in the commit: it may have happened.</summary>
    public bool CommitIsUnknown { get; private set; }

    /// <summary>True when the last run left points behind that wait for a continuous share.</summary>
    public bool HasOrdered { get; private set; }

    /// <summary>Everything of the group is durable when this returns, but for items that carry a refusal: nothing of those is.</summary>
    public async Task RunAsync(IReadOnlyList<WriteItem> group)
    {
        CommitIsUnknown = false;
        HasOrdered = false;
        foreach (var item in group)
            item.Refusal = null;
        try
        {
            var points = await NumberAsync(group.OfType<PhotometryAppend>());
            await _session.BeginAsync();
            await DecideAsync(group, points);
            await WorkAsync(group);
            CommitIsUnknown = true;
            await _session.CommitAsync();
            CommitIsUnknown = false;
        }
        catch (Exception e)
        {
            await _session.AbandonAsync(StorageFaults.IsOurs(e));
            throw;
        }
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task<Dictionary<PhotometryAppend, StoredPoint[]>> NumberAsync(IEnumerable<PhotometryAppend> appends)
    {
        var all = appends.ToArray();
        var terms = new HashSet<Term>();
        foreach (var row in all.SelectMany(append => append.Rows))
            StoredPoint.Collect(row, terms);
        var connection = await _session.ConnectAsync();
        var numbers = await database.Terms.NumberAsync(terms, text => new Sql(database.Dialect, connection, null, text));
        return all.ToDictionary(append => append, append => append.Rows.Select(row => StoredPoint.Of(append.TargetId, row, numbers)).ToArray());
    }

    private async Task DecideAsync(IReadOnlyList<WriteItem> group, Dictionary<PhotometryAppend, StoredPoint[]> points)
    {
        var cursors = group.OfType<CursorMoving>().Select(item => item.Move.Key).Distinct().ToArray();
        if (points.Count == 0 && cursors.Length == 0)
            return;
        var facts = await _session.LoadAsync(new GroupKeys(
            points.Keys.Select(append => append.TargetId).Distinct().Order().ToArray(),
            points.Values.SelectMany(rows => rows).Select(point => point.Identity).Distinct().ToArray(),
            points.Values.SelectMany(rows => rows).Select(point => new PointMoment(point.TargetId, point.Row.TimeMicroseconds, point.Row.Content)).Distinct().ToArray(),
            cursors));
        foreach (var item in group)
        {
            if (item is CursorMoving moving)
            {
                moving.SetMoved(facts.Cursors.Apply(moving.Move));
            }
            else if (item is PhotometryAppend append && facts.Targets.Contains(append.TargetId))
            {
                append.SetFates(points[append].Select(facts.Photometry.Apply).ToArray());
                facts.Continuous.Trace(append.TargetId, append.Trace);
            }
            else if (item is PhotometryAppend unknown)
            {
                unknown.Refusal = new UnknownTargetException(unknown.TargetId);
            }
        }

        await _session.SaveAsync(facts);
        HasOrdered = facts.HasOrdered;
    }

    private async Task WorkAsync(IReadOnlyList<WriteItem> group)
    {
        foreach (var item in group)
        {
            if (item is not ITransactionWork work)
                continue;
            var transaction = _session.Transaction;
            var context = new DbTransactionContext(database.Dialect, transaction.Connection!, transaction, time);

            // A work alone in its transaction is undone with it.
            if (group.Count == 1)
            {
                await work.RunAsync(context);
                return;
            }

            await transaction.SaveAsync("work");
            try
            {
                await work.RunAsync(context);
                await transaction.ReleaseAsync("work");
            }
            catch (Exception e) when (!StorageFaults.IsOurs(e))
            {
                await transaction.RollbackAsync("work");
                item.Refusal = StorageFaults.Translate(e);
            }
        }
    }
}
