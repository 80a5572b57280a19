using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Photometry;

/// <summary>Withdraws rows, or takes that back.</summary>
public sealed class PhotometryRetraction(TomDatabase database, GroupCommitWriter writer)
{
    /// <summary>
    /// Sets the flag of these rows of a target and answers how many were changed; durable when it returns, safe to repeat. The target's points are counted anew where several origins
    /// state the same.
    /// </summary>
    public Task<int> SetAsync(long targetId, IReadOnlyCollection<(long Identity, long Content)> rows, bool retracted) => writer.RunAsync(async context =>
    {
        // Locks in the writer's order: the target first, its rows by their key.
        var witnesses = await context.Sql($"SELECT t.witnesses FROM target t WHERE t.id = @id AND t.gone_us IS NULL {database.Dialect.ForUpdate("t")}")
            .With("id", targetId).ListAsync(r => r.GetInt64(0));
        if (witnesses is not [var counted])
            throw new UnknownTargetException(targetId);
        var changed = 0;
        foreach (var (identity, content) in rows.Order())
        {
            changed += await context.Sql("""
                UPDATE photometry SET retracted = @retracted WHERE target_id = @id AND identity = @identity AND content = @content AND retracted <> @retracted
                """)
                .With("retracted", retracted).With("id", targetId).With("identity", identity).With("content", content).ExecuteAsync();
        }

        if (changed > 0 && counted > 0)
            await context.Sql($"UPDATE target SET points = ({PhotometryText.CountOf}) WHERE id = @id").With("id", targetId).ExecuteAsync();
        return changed;
    });
}
