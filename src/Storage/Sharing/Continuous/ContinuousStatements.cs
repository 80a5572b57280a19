using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing.Continuous;

/// <summary>
/// Has measurements that came otherwise than as points from the group-commit writer wait for the standing orders of their target: spectra, and what a merge brought. Within a transaction of the
/// writer that holds the target's lock.
/// </summary>
internal static class ContinuousStatements
{
    /// <summary>The orders of target @target, by itself and by its lists.</summary>
    private const string Orders = """
        SELECT c.id FROM continuous_share c WHERE c.target_id = @target
        UNION ALL SELECT c.id FROM target_in_list i JOIN continuous_share c ON c.target_id = 0 AND c.list_id = i.list_id WHERE i.target_id = @target
        """;

    public static Task<List<long>> OrdersAsync(DbTransactionContext context, long target) => context.Sql(Orders).With("target", target).ListAsync(r => r.GetInt64(0));

    /// <summary>Each value waits once for each order. True where there is any order.</summary>
    public static async Task<bool> NoteAsync(DbTransactionContext context, long target, IReadOnlyList<PointKey> values)
    {
        if (values.Count == 0 || await OrdersAsync(context, target) is not { Count: > 0 } orders)
            return false;
        foreach (var order in orders)
        {
            foreach (var value in values)
            {
                await context.Sql("INSERT INTO continuous_item (continuous_id, target_id, identity, content) VALUES (@order, @target, @identity, @content)")
                    .With("order", order).With("target", target).With("identity", value.Identity).With("content", value.Content).ExecuteAsync();
            }

            await WaitAsync(context, order, target, ContinuousOrders.Now(context.Time));
        }

        return true;
    }

    /// <summary>
    /// What a merge brought waits for the orders that the other target had before it, as any point that is new there: what is shown of what it did not have. True where there was an order.
    /// </summary>
    /// <param name="context">The transaction of the merge, after the points were copied.</param>
    /// <param name="orders">The other target's orders, by itself and by its lists, before the merge.</param>
    /// <param name="undo">The merge.</param>
    /// <param name="from">The target that was merged.</param>
    /// <param name="into">The other target.</param>
    public static async Task<bool> NoteMergedAsync(DbTransactionContext context, IReadOnlyList<long> orders, long undo, long from, long into)
    {
        foreach (var order in orders)
        {
            var points = await context.Sql($"""
                INSERT INTO continuous_item (continuous_id, target_id, identity, content)
                SELECT @order, s.target_id, s.identity, s.content FROM photometry s
                WHERE s.target_id = @into AND {PhotometryText.Shown}
                  AND EXISTS (SELECT 1 FROM photometry a WHERE a.target_id = @from AND a.identity = s.identity AND a.content = s.content)
                  AND NOT EXISTS (SELECT 1 FROM target_kept k WHERE k.undo_id = @undo AND k.identity = s.identity AND k.content = s.content)
                ORDER BY s.time_us, s.identity
                """).With("order", order).With("undo", undo).With("from", from).With("into", into).ExecuteAsync();
            if (points + await AddSpectraAsync(context, order, from, into) > 0)
                await WaitAsync(context, order, into, ContinuousOrders.Now(context.Time));
        }

        return orders.Count > 0;
    }

    /// <summary>The spectra that are kept with one target, and with those that were merged into it, wait for an order of another, or of the same.</summary>
    public static Task<int> AddSpectraAsync(DbTransactionContext context, long order, long kept, long target) => context.Sql("""
        WITH RECURSIVE family (id) AS (SELECT CAST(@kept AS bigint) UNION SELECT t.id FROM target t JOIN family f ON t.merged_into = f.id)
        INSERT INTO continuous_item (continuous_id, target_id, identity, content)
        SELECT @order, @target, s.identity, s.content FROM spectrum s WHERE s.target_id IN (SELECT id FROM family) ORDER BY s.time_us, s.id
        """).With("kept", kept).With("order", order).With("target", target).ExecuteAsync();

    /// <summary>Notes that something of the target waits for the order, where that is not noted yet.</summary>
    public static Task<int> WaitAsync(DbTransactionContext context, long order, long target, long since) =>
        context.Sql("INSERT INTO continuous_waiting (continuous_id, target_id, since_us) VALUES (@order, @target, @since) ON CONFLICT DO NOTHING")
            .With("order", order).With("target", target).With("since", since).ExecuteAsync();
}
