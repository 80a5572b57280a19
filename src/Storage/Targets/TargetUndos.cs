using System.Text.Json;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>
/// Targets that go, by merge or removal, and come back. A target that is gone keeps its row and its points, unseen, until <see cref="SweepAsync"/>; its names are free or the other
/// target's at once. Each is one transaction.
/// </summary>
public sealed class TargetUndos(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns = "u.id, u.kind, u.target_id, u.name, u.into_id, u.into_name, u.points, u.at_us, u.done_by";
    private const int Merge = 1;
    private const int Removal = 2;

    /// <summary>Throws <see cref="UnknownTargetException"/> for either, also when it is gone.</summary>
    public async Task<MergeResult> MergeAsync(long from, long into, string by, long at)
    {
        var (result, isOrdered) = await writer.RunAsync(context => MergeAsync(context, from, into, by, at));
        if (isOrdered)
            writer.TellOrdered();
        return result;
    }

    private static async Task<(MergeResult, bool IsOrdered)> MergeAsync(DbTransactionContext context, long from, long into, string by, long at)
    {
        var (gone, other) = await TargetStatements.LockAsync(context, from, into) is [var a, var b] ? (Living(a), Living(b)) : default;
        var names = await TargetStatements.NamesAsync(context, from);
        var undo = await NoteAsync(context, gone, names, Merge, other, by, at);
        var (moved, common) = await MergeStatements.CopyAsync(context, undo.Id, from, into);
        var orders = await ContinuousStatements.OrdersAsync(context, into);
        var isOrdered = await ContinuousStatements.NoteMergedAsync(context, orders, undo.Id, from, into);
        var followers = await TargetFollowers.MoveAsync(context, from, into);
        await context.Sql("UPDATE target_undo SET moved = @moved WHERE id = @id").With("moved", followers.ToJson()).With("id", undo.Id).ExecuteAsync();
        await context.Sql("""
            UPDATE target_name SET ordinal = ordinal + 1 + (SELECT max(o.ordinal) FROM target_name o WHERE o.target_id = @into), target_id = @into WHERE target_id = @from
            """).With("into", into).With("from", from).ExecuteAsync();
        await GoAsync(context, gone, into, at);
        await TargetStatements.TouchAsync(context, into, by, Math.Max(at, other.ModifiedMicroseconds + 1));
        return (new MergeResult(undo, moved, common), isOrdered);
    }

    /// <summary>Throws <see cref="UnknownTargetException"/>, also when it is gone.</summary>
    public Task<TargetUndoRow> RemoveAsync(long id, string by, long at) => writer.RunAsync(async context =>
    {
        var target = await TargetStatements.LockLivingAsync(context, id);
        var undo = await NoteAsync(context, target, await TargetStatements.NamesAsync(context, id), Removal, null, by, at);
        await context.Sql("DELETE FROM target_name WHERE target_id = @id").With("id", id).ExecuteAsync();
        await GoAsync(context, target, null, at);
        return undo;
    });

    /// <summary>
    /// Brings a target back. Null for an unknown undo, one that was done, or one from before <paramref name="notBefore"/>. Throws <see cref="NameTakenException"/> when another has its
    /// name, <see cref="TargetConflictException"/> when the other target of a merge went itself since.
    /// </summary>
    public Task<UndoResult?> UndoAsync(long undoId, string by, long at, long notBefore) => writer.RunAsync(async context =>
    {
        var found = await context.Sql($"""
            SELECT {Columns}, u.names, u.moved FROM target_undo u WHERE u.id = @id AND u.undone_us IS NULL AND u.at_us >= @from {context.Dialect.ForUpdate("u")}
            """)
            .With("id", undoId).With("from", notBefore).ListAsync(r => (Row: Read(r), Names: r.GetString(9), Moved: r.Text(10)));
        if (found is not [var (undo, namesJson, moved)])
            return null;
        var target = await LockAsync(context, undo);
        var lost = await NamesBackAsync(context, undo, JsonSerializer.Deserialize<NameRow[]>(namesJson)!);
        if (undo.IntoId is { } into)
        {
            await MergeStatements.TakeBackAsync(context, undo.Id, undo.TargetId, into);
            await TargetFollowers.OfJson(moved!).MoveBackAsync(context, undo.TargetId, into);
        }
        else
        {
            // Messages that named it while it was gone found nobody.
            await LateTargets.AskAsync(context, undo.TargetId, null, by, at);
        }

        await context.Sql("UPDATE target SET gone_us = NULL, merged_into = NULL, modified_us = @at, modified_by = @by WHERE id = @id")
            .With("at", Math.Max(at, target.ModifiedMicroseconds + 1)).With("by", by).With("id", target.Id).ExecuteAsync();
        await TargetStatements.PlaceAsync(context, target.Id, target.Type, target.RightAscension, target.Declination);
        await context.Sql("UPDATE target_undo SET undone_us = @at WHERE id = @id").With("at", at).With("id", undo.Id).ExecuteAsync();
        await context.Sql("DELETE FROM target_kept WHERE undo_id = @id").With("id", undo.Id).ExecuteAsync();
        await TargetStatements.NamesMovedAsync(context);
        return new UndoResult(undo, lost);
    });

    /// <summary>What can be undone, newest first.</summary>
    public Task<IReadOnlyList<TargetUndoRow>> ListAsync(long notBefore, int limit, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
        (IReadOnlyList<TargetUndoRow>)await reader.Sql($"SELECT {Columns} FROM target_undo u WHERE u.undone_us IS NULL AND u.at_us >= @from ORDER BY u.id DESC LIMIT @limit")
            .With("from", notBefore).With("limit", limit).ListAsync(Read, cancellation), cancellation);

    /// <summary>Where a target that is gone went to: the target it was merged into (or that one was, and so on). Null when it was removed, or never was.</summary>
    public Task<long?> SuccessorAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var seen = new HashSet<long>();
        for (var at = id; seen.Add(at);)
        {
            if (await reader.Sql("SELECT merged_into, gone_us FROM target WHERE id = @id").With("id", at).ListAsync(r => (r.Long(0), r.Long(1)), cancellation) is not [var (into, gone)])
                return null;
            if (gone is null)
                return at == id ? null : (long?)at;
            if (into is not { } next)
                return null;
            at = next;
        }

        return null;
    }, cancellation);

    /// <summary>True for a target that was there and is gone.</summary>
    public Task<bool> IsGoneAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql("SELECT 1 FROM target WHERE id = @id AND gone_us IS NOT NULL").With("id", id).AnyAsync(cancellation), cancellation);

    /// <summary>
    /// Deletes, in pieces of <paramref name="most"/> points, what went before that time and was not undone: the points, then the rest with spectra and files. The row of a merged target stays and tells where it
    /// went. Answers false when nothing is left to do.
    /// </summary>
    public Task<bool> SweepAsync(long before, int most) => writer.RunAsync(async context =>
    {
        var undo = await context.Sql($"SELECT {Columns} FROM target_undo u WHERE u.undone_us IS NULL AND u.at_us < @before ORDER BY u.at_us LIMIT 1 {context.Dialect.ForUpdate("u")}")
            .With("before", before).FirstAsync(Read);
        if (undo is null)
            return await context.Sql("DELETE FROM target_undo WHERE undone_us < @before").With("before", before).ExecuteAsync() > 0;
        var points = await context.Sql("""
            DELETE FROM photometry WHERE target_id = @id AND (identity, content) IN (SELECT identity, content FROM photometry WHERE target_id = @id ORDER BY identity, content LIMIT @most)
            """).With("id", undo.TargetId).With("most", most).ExecuteAsync();
        if (points < most)
            await ForgetAsync(context, undo);
        return true;
    });

    private static async Task ForgetAsync(DbTransactionContext context, TargetUndoRow undo)
    {
        foreach (var statement in (string[])["DELETE FROM target_extra WHERE target_id = @id", "DELETE FROM target_in_list WHERE target_id = @id"])
            await context.Sql(statement).With("id", undo.TargetId).ExecuteAsync();
        if (!undo.IsMerge)
        {
            // Spectra and files of what was merged into it stood where they were, and were its own.
            foreach (var table in (string[])["spectrum", "data_product"])
            {
                await context.Sql($"""
                    WITH RECURSIVE family (id) AS (SELECT CAST(@id AS bigint) UNION SELECT t.id FROM target t JOIN family f ON t.merged_into = f.id)
                    DELETE FROM {table} WHERE target_id IN (SELECT id FROM family)
                    """).With("id", undo.TargetId).ExecuteAsync();
            }

            await context.Sql("DELETE FROM target WHERE id = @id").With("id", undo.TargetId).ExecuteAsync();
        }

        await context.Sql("DELETE FROM target_kept WHERE undo_id = @id").With("id", undo.Id).ExecuteAsync();
        await context.Sql("DELETE FROM target_undo WHERE id = @id").With("id", undo.Id).ExecuteAsync();
    }

    private static async Task<TargetUndoRow> NoteAsync(
        DbTransactionContext context, LockedTarget target, IReadOnlyList<NameRow> names, int kind, LockedTarget? into, string by, long at)
    {
        var id = await context.Sql("""
            INSERT INTO target_undo (kind, target_id, name, into_id, into_name, points, names, at_us, done_by)
            VALUES (@kind, @target, @name, @into, @other, @points, @names, @at, @by) RETURNING id
            """)
            .With("kind", kind).With("target", target.Id).With("name", target.Name).With("into", into?.Id).With("other", into?.Name).With("points", target.Points)
            .With("names", JsonSerializer.Serialize(names)).With("at", at).With("by", by).FirstAsync(r => r.GetInt64(0));
        return new(id, kind == Merge, target.Id, target.Name, into?.Id, into?.Name, target.Points, at, by);
    }

    private static async Task GoAsync(DbTransactionContext context, LockedTarget target, long? into, long at)
    {
        await TargetStatements.UnplaceAsync(context, target);
        await context.Sql("UPDATE target SET gone_us = @at, merged_into = @into WHERE id = @id").With("at", at).With("into", into).With("id", target.Id).ExecuteAsync();
        await TargetStatements.NamesMovedAsync(context);
    }

    private static async Task<LockedTarget> LockAsync(DbTransactionContext context, TargetUndoRow undo)
    {
        long[] ids = undo.IntoId is { } into ? [undo.TargetId, into] : [undo.TargetId];
        var locked = await TargetStatements.LockAsync(context, ids);
        if (locked is [_, { IsGone: true } other])
        {
            throw new TargetConflictException(
                $"{undo.Name} was merged into {other.Name}, and that was merged or removed itself since: undo that first (tom target undo lists what can be undone).");
        }

        return locked[0];
    }

    /// <summary>Gives the names back; answers the aliases that others have now.</summary>
    private static async Task<IReadOnlyList<string>> NamesBackAsync(DbTransactionContext context, TargetUndoRow undo, NameRow[] names)
    {
        var lost = new List<string>();
        foreach (var name in names)
        {
            var entry = new TargetNameEntry(name.Name, name.Normalised);
            var holder = await TargetStatements.HolderAsync(context, name.Normalised);
            if (holder is var (id, ordinal) && id == undo.IntoId && ordinal > 0)
            {
                await context.Sql("UPDATE target_name SET target_id = @id, ordinal = @ordinal, name = @name WHERE normalised = @normalised")
                    .With("id", undo.TargetId).With("ordinal", name.Ordinal).With("name", name.Name).With("normalised", name.Normalised).ExecuteAsync();
            }
            else if (holder is null && (name.Ordinal == 0 || !undo.IsMerge))
            {
                if (!await TargetStatements.TryAddNameAsync(context, undo.TargetId, entry, name.Ordinal) && name.Ordinal == 0)
                    throw await TargetStatements.TakenAsync(context, entry);
            }
            else if (name.Ordinal == 0)
            {
                throw await TargetStatements.TakenAsync(context, entry);
            }
            else
            {
                lost.Add(name.Name);
            }
        }

        return lost;
    }

    private static LockedTarget Living(LockedTarget target) => target.IsGone ? throw new UnknownTargetException(target.Id) : target;

    private static TargetUndoRow Read(System.Data.Common.DbDataReader r) => new(
        r.GetInt64(0), r.GetInt32(1) == Merge, r.GetInt64(2), r.GetString(3), r.Long(4), r.Text(5), r.GetInt64(6), r.GetInt64(7), r.GetString(8));
}
