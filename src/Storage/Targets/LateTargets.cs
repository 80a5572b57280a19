using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Replays;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>A target for which the message log is to be looked through.</summary>
/// <param name="Id">Drawn by the database.</param>
/// <param name="TargetId">Which.</param>
/// <param name="RadiusDegrees">Messages about what lies so near belong to it too [deg]; null for names only.</param>
/// <param name="By">Who asked.</param>
public readonly record struct LateTargetRow(long Id, long TargetId, double? RadiusDegrees, string By);

/// <summary>What the message log is to be looked through for, until a replay does it.</summary>
public sealed class LateTargets(TomDatabase database, GroupCommitWriter writer)
{
    /// <summary>Durable when it returns. Throws <see cref="UnknownTargetException"/>.</summary>
    public Task AskAsync(long target, double? radiusDegrees, string by, long at) => writer.RunAsync(async context =>
    {
        await TargetStatements.LockLivingAsync(context, target);
        return await AskAsync(context, target, radiusDegrees, by, at);
    });

    /// <summary>What waits, oldest first.</summary>
    public Task<IReadOnlyList<LateTargetRow>> ReadAsync(int most, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<LateTargetRow>)await reader.Sql("SELECT id, target_id, radius_deg, asked_by FROM late_target ORDER BY id LIMIT @most")
            .With("most", most).ListAsync(r => new LateTargetRow(r.GetInt64(0), r.GetInt64(1), r.Double(2), r.GetString(3)), cancellation), cancellation);

    /// <summary>Replays take the place of what waits, in one transaction. False, and nothing done, when another silo was quicker.</summary>
    public Task<bool> StartAsync(IReadOnlyCollection<LateTargetRow> waiting, IReadOnlyList<NewReplay> replays) => writer.RunAsync(async context =>
    {
        var ids = waiting.Select(row => row.Id).ToArray();
        var held = await context.Sql($"SELECT id FROM late_target WHERE {context.Dialect.In("id", "@ids")} ORDER BY id {context.Dialect.ForUpdate("late_target")}")
            .With("ids", ids).ListAsync(r => r.GetInt64(0));
        if (held.Count < ids.Length)
            return false;
        await context.Sql($"DELETE FROM late_target WHERE {context.Dialect.In("id", "@ids")}").With("ids", ids).ExecuteAsync();
        foreach (var replay in replays)
            await ReplayTable.AddAsync(context, replay);
        return true;
    });

    internal static Task<int> AskAsync(DbTransactionContext context, long target, double? radiusDegrees, string by, long at) => context.Sql(
        "INSERT INTO late_target (target_id, radius_deg, asked_us, asked_by) VALUES (@target, @radius, @at, @by)")
        .With("target", target).With("radius", radiusDegrees).With("at", at).With("by", by).ExecuteAsync();
}
