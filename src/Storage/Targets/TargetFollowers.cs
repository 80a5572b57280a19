using System.Text.Json;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>
/// What else belongs to a target and goes with it in a merge: shares, lists, free fields. A new table that refers to targets is added here, in both directions.
/// What was moved is noted, so that an undo moves just that back.
/// </summary>
internal sealed record TargetFollowers(IReadOnlyList<long> Shares, IReadOnlyList<long> Lists, IReadOnlyList<string> Extras)
{
    /// <summary>Standing orders to share; undos that were noted before there were any have none.</summary>
    public IReadOnlyList<long> Orders { get; init; } = [];

    /// <summary>Shares of several targets that hold points of it beside others'; those that hold points of both targets are not told apart again.</summary>
    public IReadOnlyList<long> SharesWithOthers { get; init; } = [];

    public static async Task<TargetFollowers> MoveAsync(DbTransactionContext context, long from, long into)
    {
        var shares = await context.Sql("UPDATE share SET target_id = @into WHERE target_id = @from RETURNING id").With("into", into).With("from", from).ListAsync(r => r.GetInt64(0));
        var others = await context.Sql("""
            SELECT DISTINCT i.share_id FROM outbox_item i WHERE i.target_id = @from
              AND NOT EXISTS (SELECT 1 FROM outbox_item o WHERE o.share_id = i.share_id AND o.target_id = @into)
            """).With("from", from).With("into", into).ListAsync(r => r.GetInt64(0));
        others.RemoveAll(shares.Contains);
        await context.Sql("UPDATE outbox_item SET target_id = @into WHERE target_id = @from").With("into", into).With("from", from).ExecuteAsync();
        var lists = await context.Sql("""
            INSERT INTO target_in_list (list_id, target_id) SELECT list_id, @into FROM target_in_list WHERE target_id = @from ON CONFLICT DO NOTHING RETURNING list_id
            """).With("into", into).With("from", from).ListAsync(r => r.GetInt64(0));
        var extras = await context.Sql("""
            INSERT INTO target_extra (target_id, key, value, ordinal)
            SELECT @into, key, value, ordinal + (SELECT coalesce(max(o.ordinal), 0) FROM target_extra o WHERE o.target_id = @into)
            FROM target_extra WHERE target_id = @from ON CONFLICT DO NOTHING RETURNING key
            """).With("into", into).With("from", from).ListAsync(r => r.GetString(0));
        return new(shares, lists, extras) { SharesWithOthers = others, Orders = await MoveOrdersAsync(context, from, into) };
    }

    public async Task MoveBackAsync(DbTransactionContext context, long from, long into)
    {
        await context.Sql($"UPDATE share SET target_id = @from WHERE target_id = @into AND {context.Dialect.In("id", "@ids")}")
            .With("from", from).With("into", into).With("ids", Shares.ToArray()).ExecuteAsync();
        await PointItemsAsync(context, [.. Shares, .. SharesWithOthers], into, from);
        await context.Sql($"UPDATE continuous_share SET target_id = @from WHERE target_id = @into AND {context.Dialect.In("id", "@ids")}")
            .With("from", from).With("into", into).With("ids", Orders.ToArray()).ExecuteAsync();
        await context.Sql($"DELETE FROM target_in_list WHERE target_id = @into AND {context.Dialect.In("list_id", "@ids")}")
            .With("into", into).With("ids", Lists.ToArray()).ExecuteAsync();

        // One that somebody changed since is the other's own.
        await context.Sql($"""
            DELETE FROM target_extra AS e WHERE e.target_id = @into AND {context.Dialect.In("e.key", "@keys")}
              AND EXISTS (SELECT 1 FROM target_extra a WHERE a.target_id = @from AND a.key = e.key AND a.value = e.value)
            """).With("into", into).With("from", from).With("keys", Extras.ToArray()).ExecuteAsync();
    }

    /// <summary>
    /// What the other is shared by already stays with the merged one, and rests. What waits for a share waits on, as the points are the other's now; one that both were to be shared by goes once.
    /// </summary>
    private static async Task<IReadOnlyList<long>> MoveOrdersAsync(DbTransactionContext context, long from, long into)
    {
        var orders = await context.Sql("""
            UPDATE continuous_share SET target_id = @into
            WHERE target_id = @from AND NOT EXISTS (
                SELECT 1 FROM continuous_share o WHERE o.target_id = @into AND o.destination = continuous_share.destination AND o.topic = continuous_share.topic)
            RETURNING id
            """).With("into", into).With("from", from).ListAsync(r => r.GetInt64(0));
        foreach (var table in (string[])["continuous_item", "continuous_waiting"])
        {
            await context.Sql($"UPDATE {table} SET target_id = @into WHERE target_id = @from AND {context.Dialect.In("continuous_id", "@ids")}")
                .With("into", into).With("from", from).With("ids", orders.ToArray()).ExecuteAsync();
        }

        return orders;
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static TargetFollowers OfJson(string json) => JsonSerializer.Deserialize<TargetFollowers>(json)!;

    private static Task<int> PointItemsAsync(DbTransactionContext context, IReadOnlyList<long> shares, long from, long to) => context.Sql($"""
        UPDATE outbox_item SET target_id = @to WHERE target_id = @from AND {context.Dialect.In("share_id", "@shares")}
        """).With("to", to).With("from", from).With("shares", shares.ToArray()).ExecuteAsync();
}
