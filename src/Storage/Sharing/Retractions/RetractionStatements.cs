using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing.Retractions;

/// <summary>Marks values as retracted, within a transaction of the writer. Locks in the writer's order: the target first.</summary>
internal static class RetractionStatements
{
    private const string Family = """
        WITH RECURSIVE family (id) AS (SELECT CAST(@target AS bigint) UNION SELECT t.id FROM target t JOIN family f ON t.merged_into = f.id)
        """;

    /// <summary>
    /// Marks points and spectra of a target that are not marked yet. Its points are counted anew where several origins state the same. Their keys; empty for a target that is gone.
    /// </summary>
    /// <param name="context">The transaction.</param>
    /// <param name="target">The target.</param>
    /// <param name="condition">On columns that both tables have.</param>
    /// <param name="bind">Gives the condition's parameters.</param>
    public static async Task<(IReadOnlyList<PointKey> Points, IReadOnlyList<PointKey> Spectra)> MarkAsync(DbTransactionContext context, long target, string condition, Func<Sql, Sql> bind)
    {
        var witnesses = await context.Sql($"SELECT t.witnesses FROM target t WHERE t.id = @target AND t.gone_us IS NULL {context.Dialect.ForUpdate("t")}")
            .With("target", target).ListAsync(r => r.GetInt64(0));
        if (witnesses is not [var counted])
            return ([], []);
        var points = await bind(context.Sql($"UPDATE photometry SET retracted = true WHERE target_id = @target AND {condition} AND NOT retracted RETURNING identity, content"))
            .With("target", target).ListAsync(r => new PointKey(target, r.GetInt64(0), r.GetInt64(1)));
        var spectra = await bind(context.Sql($"""
            {Family} UPDATE spectrum SET retracted = true WHERE target_id IN (SELECT id FROM family) AND {condition} AND NOT retracted RETURNING identity, content
            """)).With("target", target).ListAsync(r => new PointKey(target, r.GetInt64(0), r.GetInt64(1)));
        if (points.Count > 0 && counted > 0)
            await context.Sql($"UPDATE target SET points = ({PhotometryText.CountOf}) WHERE id = @id").With("id", target).ExecuteAsync();
        return (points, spectra);
    }
}
