using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>
/// Points of merged targets. The merged target's rows stay where they are, unseen, and the other target gets copies: to undo is to take the copies out again. What the other had
/// before of the same measurements is noted in target_kept.
/// </summary>
internal static class MergeStatements
{
    private static readonly string Rest = PhotometryText.Columns[(PhotometryText.Columns.IndexOf(',', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// Condition on row r of the other target: it came by this merge, or is a later revision of such a point. Not when the other target had the measurement itself, or got it by
    /// another merge too.
    /// </summary>
    private const string CameByMerge = """
        r.target_id = @into
        AND EXISTS (SELECT 1 FROM photometry a WHERE a.target_id = @from AND a.identity = r.identity)
        AND NOT EXISTS (
            SELECT 1 FROM target_kept k
            WHERE k.undo_id = @undo AND k.identity = r.identity
              AND (k.content = r.content OR NOT EXISTS (
                SELECT 1 FROM photometry a WHERE a.target_id = @from AND a.identity = r.identity AND a.content = r.content)))
        AND NOT EXISTS (
            SELECT 1 FROM target_undo u JOIN photometry o ON o.target_id = u.target_id
            WHERE u.into_id = @into AND u.id <> @undo AND u.undone_us IS NULL AND o.identity = r.identity)
        """;

    /// <summary>Copies the points; answers how many measurements the other target got, and how many it had already.</summary>
    public static async Task<(long Moved, long Common)> CopyAsync(DbTransactionContext context, long undo, long from, long into)
    {
        await context.Sql("""
            INSERT INTO target_kept (undo_id, identity, content)
            SELECT @undo, b.identity, b.content FROM photometry b
            WHERE b.target_id = @into AND EXISTS (SELECT 1 FROM photometry a WHERE a.target_id = @from AND a.identity = b.identity)
            """).With("undo", undo).With("from", from).With("into", into).ExecuteAsync();
        var common = await context.Sql("SELECT count(DISTINCT identity) FROM target_kept WHERE undo_id = @undo").With("undo", undo).FirstAsync(r => r.GetInt64(0));
        var all = await context.Sql("SELECT count(DISTINCT identity) FROM photometry WHERE target_id = @from").With("from", from).FirstAsync(r => r.GetInt64(0));
        await context.Sql($"INSERT INTO photometry (target_id, {Rest}) SELECT @into, {Rest} FROM photometry WHERE target_id = @from ON CONFLICT DO NOTHING")
            .With("into", into).With("from", from).ExecuteAsync();
        await TargetStatements.SummariseAsync(context, into);
        return (all - common, common);
    }

    /// <summary>Takes the copies out again, with what was revised of them.</summary>
    public static async Task TakeBackAsync(DbTransactionContext context, long undo, long from, long into)
    {
        Sql Bind(string text) => context.Sql(text).With("undo", undo).With("from", from).With("into", into);

        // A value that was stated again since has a later source, by which it is shown.
        await Bind($"""
            INSERT INTO photometry (target_id, {Rest}) SELECT @from, {Rest} FROM photometry r WHERE {CameByMerge}
            ON CONFLICT (target_id, identity, content) DO UPDATE SET
                retracted = excluded.retracted, source = excluded.source, source_offset = excluded.source_offset, message_id = excluded.message_id,
                sender = excluded.sender, source_us = excluded.source_us
            """).ExecuteAsync();
        await Bind($"DELETE FROM photometry AS r WHERE {CameByMerge}").ExecuteAsync();
        await TargetStatements.SummariseAsync(context, into);
        await TargetStatements.SummariseAsync(context, from);
    }
}
