using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Sharing.Audit;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing.Continuous;

/// <summary>
/// Standing orders, and what waits for their next share. The writer puts each newly inserted content of a target with orders here, in the transaction that inserts it
/// (<see cref="ContinuousOrders"/>); from here it goes into a share in one transaction too, so each value is shared once. Whatever changes what waits holds the target's lock.
/// </summary>
public sealed class ContinuousTable(TomDatabase database, GroupCommitWriter writer)
{
    /// <summary>Spans that one share is linked with.</summary>
    private const int MostTraces = 32;

    private const string Select = """
        SELECT c.id, c.target_id, c.list_id, coalesce(t.name, l.name), c.destination, c.topic, c.created_by, c.created_us, c.shared, c.left_out,
               (SELECT count(*) FROM continuous_item i WHERE i.continuous_id = c.id)
        FROM continuous_share c LEFT JOIN target t ON t.id = c.target_id AND c.list_id = 0 LEFT JOIN target_list l ON l.id = c.list_id
        """;

    /// <summary>
    /// Orders that new values of a target, or of the targets of a list, are shared. With <paramref name="existing"/> those that are shown now wait for the first share: under the target's lock, so that no value is
    /// missed or taken twice between them and the first new one. Safe to repeat. Throws <see cref="UnknownTargetException"/>.
    /// </summary>
    public Task<ContinuousAdded> AddAsync(NewContinuous order, bool existing) => writer.RunAsync(async context =>
    {
        var targets = order.ListId == 0 ? [order.TargetId] : existing ? await context.Sql("SELECT target_id FROM target_in_list WHERE list_id = @list ORDER BY target_id")
            .With("list", order.ListId).ListAsync(r => r.GetInt64(0)) : [];
        foreach (var target in targets)
        {
            if (!await LockAsync(context, target))
                throw new UnknownTargetException(target);
        }

        var id = await Bind(context.Sql("""
            INSERT INTO continuous_share (target_id, list_id, destination, topic, created_by, created_us) VALUES (@target, @list, @destination, @topic, @by, @created)
            ON CONFLICT DO NOTHING RETURNING id
            """), order)
            .With("by", order.CreatedBy).With("created", order.CreatedMicroseconds).FirstAsync(r => r.GetInt64(0));
        var waiting = 0;
        foreach (var target in id > 0 && existing ? targets : [])
            waiting += await WaitAsync(context, id, target, order.CreatedMicroseconds);
        var row = await Bind(context.Sql($"{Select} WHERE c.target_id = @target AND c.list_id = @list AND c.destination = @destination AND c.topic = @topic"), order).FirstAsync(Read);
        if (id > 0)
            await AuditTable.NoteAsync(context, OrderKinds.ContinuousAdd, new(order.CreatedBy, order.CreatedMicroseconds), order.Destination, order.Topic, target: row!.Name ?? "", detail: Detail(row));
        return new ContinuousAdded(row!, id > 0, waiting);
    });

    /// <summary>Ends an order; what waits for its next share is not shared any more, shares that were made are. The order as it was; null where there is none.</summary>
    public Task<ContinuousRow?> RemoveAsync(long id, OrderedBy by) => writer.RunAsync(async context =>
    {
        var row = await context.Sql($"{Select} WHERE c.id = @id").With("id", id).FirstAsync(Read);
        if (row is not null)
            await AuditTable.NoteAsync(context, OrderKinds.ContinuousRemove, by, row.Destination, row.Topic, target: row.Name ?? "", detail: Detail(row));
        await context.Sql("DELETE FROM continuous_share WHERE id = @id").With("id", id).ExecuteAsync();

        // A writer that read the order just before may add some more: whoever gathers finds the order gone.
        await context.Sql("DELETE FROM continuous_waiting WHERE continuous_id = @id").With("id", id).ExecuteAsync();
        await context.Sql("DELETE FROM continuous_item WHERE continuous_id = @id").With("id", id).ExecuteAsync();
        return row;
    });

    /// <summary>Orders by id, with what waits.</summary>
    /// <param name="destination">Only those to this destination; null for all.</param>
    /// <param name="targetId">Only those of this target, by itself or by its lists; null for all.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<IReadOnlyList<ContinuousRow>> ListAsync(string? destination = null, long? targetId = null, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var where = (destination is null ? "" : " AND c.destination = @destination") + (targetId is null ? "" : " AND (c.target_id = @target OR c.list_id IN (SELECT i.list_id FROM target_in_list i WHERE i.target_id = @target))");
        var sql = reader.Sql($"{Select} WHERE true{where} ORDER BY c.id");
        if (destination is not null)
            sql.With("destination", destination);
        if (targetId is not null)
            sql.With("target", targetId);
        return (IReadOnlyList<ContinuousRow>)await sql.ListAsync(Read, cancellation);
    }, cancellation);

    /// <summary>Whose values wait, the longest waiting first.</summary>
    public Task<IReadOnlyList<ContinuousWaiting>> WaitingAsync(CancellationToken cancellation = default) => database.ReadAsync(async reader =>
        (IReadOnlyList<ContinuousWaiting>)await reader.Sql("""
            SELECT w.continuous_id, w.target_id, coalesce(c.destination, ''), coalesce(c.topic, ''), coalesce(c.created_by, ''), w.since_us,
                   EXISTS (SELECT 1 FROM share h WHERE h.continuous_id = w.continuous_id AND h.target_id = w.target_id AND h.state < 2)
            FROM continuous_waiting w LEFT JOIN continuous_share c ON c.id = w.continuous_id
            ORDER BY w.since_us, w.continuous_id, w.target_id
            """)
            .ListAsync(r => new ContinuousWaiting(r.GetInt64(0), r.GetInt64(1), r.GetString(2), Topic(r.GetString(3)), r.GetString(4), r.GetInt64(5), r.GetBoolean(6)), cancellation), cancellation);

    /// <summary>The first values that wait, in the order in which they were stored.</summary>
    public Task<IReadOnlyList<ContinuousItem>> ItemsAsync(ContinuousWaiting waiting, int limit, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
        (IReadOnlyList<ContinuousItem>)await reader.Sql("""
            SELECT id, target_id, identity, content FROM continuous_item WHERE continuous_id = @id AND target_id = @target ORDER BY id LIMIT @limit
            """)
            .With("id", waiting.ContinuousId).With("target", waiting.TargetId).With("limit", limit)
            .ListAsync(r => new ContinuousItem(r.GetInt64(0), new(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))), cancellation), cancellation);

    /// <summary>
    /// Makes one share of values that waited, and forgets those that are left out. Values that somebody else has taken meanwhile are in neither. The share's id; null when there is none.
    /// </summary>
    public Task<long?> GatherAsync(ContinuousGathering gathering) => writer.RunAsync<long?>(async context =>
    {
        var waiting = gathering.Waiting;
        var exists = await LockAsync(context, waiting.TargetId);
        if (!exists || !await context.Sql("SELECT 1 FROM continuous_share WHERE id = @id").With("id", waiting.ContinuousId).AnyAsync())
        {
            await context.Sql("DELETE FROM continuous_item WHERE continuous_id = @id AND target_id = @target").With("id", waiting.ContinuousId).With("target", waiting.TargetId).ExecuteAsync();
            await ForgetAsync(context, waiting);
            return null;
        }

        var (taken, traces) = await TakeAsync(context, gathering.Taken);
        var (leftOut, _) = await TakeAsync(context, gathering.LeftOut);

        // A share that was ordered since they were chosen may have them. Whoever queues some holds the target's lock.
        var passedOn = taken.Count == 0 ? null : await OutboxReader.PassedOnAsync(context.Sql, context.Dialect, waiting.Destination, waiting.Topic, waiting.TargetId, taken);
        if (passedOn is { Count: > 0 })
        {
            leftOut = [.. leftOut, .. taken.Where(passedOn.ContainsKey)];
            taken = [.. taken.Where(key => !passedOn.ContainsKey(key))];
        }

        await context.Sql("UPDATE continuous_share SET shared = shared + @shared, left_out = left_out + @left WHERE id = @id")
            .With("shared", taken.Count).With("left", leftOut.Count).With("id", waiting.ContinuousId).ExecuteAsync();
        if (!await context.Sql("SELECT 1 FROM continuous_item WHERE continuous_id = @id AND target_id = @target LIMIT 1")
            .With("id", waiting.ContinuousId).With("target", waiting.TargetId).AnyAsync())
            await ForgetAsync(context, waiting);
        if (taken.Count == 0 || gathering.Share is not { } share)
            return null;
        var spectra = share.Spectra.ToHashSet();
        var id = await OutboxStatements.QueueAsync(context, share with { Points = [.. taken.Where(key => !spectra.Contains(key))], Spectra = [.. taken.Where(spectra.Contains)], Trace = traces });
        await context.Sql("UPDATE share SET continuous_id = @continuous WHERE id = @id").With("continuous", waiting.ContinuousId).With("id", id).ExecuteAsync();
        return id;
    });

    /// <summary>
    /// Which of these points of one target the destination (and topic) has from us, or may have, or will have: delivered (true), or on their way or unconfirmed (false). The others are absent.
    /// </summary>
    public Task<IReadOnlyDictionary<PointKey, bool>> PassedOnAsync(
        string destination, string? topic, long targetId, IReadOnlyCollection<PointKey> points, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.PassedOnAsync(reader.Sql, database.Dialect, destination, topic, targetId, points), cancellation);

    private static string Detail(ContinuousRow row) => row.ListId > 0 ? $"continuous share {row.Id} of a list" : $"continuous share {row.Id}";

    private static Sql Bind(Sql sql, NewContinuous order) =>
        sql.With("target", order.TargetId).With("list", order.ListId).With("destination", order.Destination).With("topic", order.Topic ?? "");

    private static async Task<int> WaitAsync(DbTransactionContext context, long id, long target, long since)
    {
        var waiting = await context.Sql($"""
            INSERT INTO continuous_item (continuous_id, target_id, identity, content)
            SELECT @id, s.target_id, s.identity, s.content FROM photometry s WHERE s.target_id = @target AND {PhotometryText.Shown}
            ORDER BY s.time_us, s.identity
            """)
            .With("id", id).With("target", target).ExecuteAsync();
        waiting += await ContinuousStatements.AddSpectraAsync(context, id, target, target);
        if (waiting > 0)
            await ContinuousStatements.WaitAsync(context, id, target, since);
        return waiting;
    }

    private static async Task<(IReadOnlyList<PointKey> Points, string? Traces)> TakeAsync(DbTransactionContext context, IReadOnlyList<ContinuousItem> items)
    {
        if (items.Count == 0)
            return ([], null);
        var taken = await context.Sql($"DELETE FROM continuous_item WHERE {context.Dialect.In("id", "@ids")} RETURNING id, trace")
            .With("ids", items.Select(item => item.Id).ToArray()).ListAsync(r => (Id: r.GetInt64(0), Trace: r.Text(1)));
        var ids = taken.Select(item => item.Id).ToHashSet();
        var traces = taken.Select(item => item.Trace).OfType<string>().Distinct().Take(MostTraces).ToArray();
        return ([.. items.Where(item => ids.Contains(item.Id)).Select(item => item.Point)], traces.Length == 0 ? null : string.Join('\n', traces));
    }

    private static Task<int> ForgetAsync(DbTransactionContext context, ContinuousWaiting waiting) =>
        context.Sql("DELETE FROM continuous_waiting WHERE continuous_id = @id AND target_id = @target").With("id", waiting.ContinuousId).With("target", waiting.TargetId).ExecuteAsync();

    /// <summary>The lock that the writer holds while it adds points. False where there is no such target.</summary>
    private static Task<bool> LockAsync(DbTransactionContext context, long targetId) =>
        context.Sql($"SELECT t.id FROM target t WHERE t.id = @id {context.Dialect.ForUpdate("t")}").With("id", targetId).AnyAsync();

    private static string? Topic(string stored) => stored.Length == 0 ? null : stored;

    private static ContinuousRow Read(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        TargetId = r.GetInt64(1),
        ListId = r.GetInt64(2),
        Name = r.Text(3),
        Destination = r.GetString(4),
        Topic = Topic(r.GetString(5)),
        CreatedBy = r.GetString(6),
        CreatedMicroseconds = r.GetInt64(7),
        Shared = r.GetInt64(8),
        LeftOut = r.GetInt64(9),
        Waiting = r.GetInt64(10),
    };
}
