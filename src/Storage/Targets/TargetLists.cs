using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>A named list and how many targets it holds.</summary>
public sealed record TargetListRow(long Id, string Name, string Normalised, long CreatedMicroseconds, string CreatedBy, long Targets);

/// <summary>Named lists of targets. Names are unique in their normalised form.</summary>
public sealed class TargetLists(TomDatabase database, GroupCommitWriter writer)
{
    private const string Select = """
        SELECT l.id, l.name, l.normalised, l.created_us, l.created_by,
            (SELECT count(*) FROM target_in_list i JOIN target t ON t.id = i.target_id WHERE i.list_id = l.id AND t.gone_us IS NULL)
        FROM target_list l
        """;

    /// <summary>All, by name.</summary>
    public Task<IReadOnlyList<TargetListRow>> ReadAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<TargetListRow>)await ListAsync(reader.Sql($"{Select} ORDER BY l.normalised"), cancellation), cancellation);

    /// <summary>Null for an unknown one.</summary>
    public Task<TargetListRow?> FindAsync(string normalised, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (await ListAsync(reader.Sql($"{Select} WHERE l.normalised = @name").With("name", normalised), cancellation)).FirstOrDefault(), cancellation);

    /// <summary>Puts targets in; makes the list where it does not exist. Throws <see cref="UnknownTargetException"/>: then nothing is changed.</summary>
    public async Task AddAsync(TargetNameEntry list, IReadOnlyCollection<long> targets, string by, long at)
    {
        TargetStatements.Check([], [], [list]);
        await writer.RunAsync(async context =>
        {
            foreach (var target in await TargetStatements.LockAsync(context, [.. targets.Distinct().Order()]))
            {
                if (target.IsGone)
                    throw new UnknownTargetException(target.Id);
                await AddAsync(context, list, target.Id, by, at);
            }

            return await ListIdAsync(context, list, by, at);
        });
    }

    /// <summary>False for an unknown list.</summary>
    public Task<bool> TakeOutAsync(string normalised, IReadOnlyCollection<long> targets) => writer.RunAsync(async context =>
    {
        if (await IdAsync(context, normalised) is not { } id)
            return false;
        await context.Sql($"DELETE FROM target_in_list WHERE list_id = @id AND {context.Dialect.In("target_id", "@targets")}")
            .With("id", id).With("targets", targets.ToArray()).ExecuteAsync();
        return true;
    });

    /// <summary>False for an unknown list. Throws <see cref="TargetConflictException"/> for a name that another has.</summary>
    public async Task<bool> RenameAsync(string normalised, TargetNameEntry name)
    {
        TargetStatements.Check([], [], [name]);
        return await writer.RunAsync(async context =>
        {
            if (await IdAsync(context, normalised) is not { } id)
                return false;
            if (await IdAsync(context, name.Normalised) is { } other && other != id)
                throw new TargetConflictException($"There is a list named '{name.Name}' already.");
            return await context.Sql("UPDATE target_list SET name = @name, normalised = @normalised WHERE id = @id")
                .With("name", name.Name).With("normalised", name.Normalised).With("id", id).ExecuteAsync() > 0;
        });
    }

    /// <summary>False for an unknown list.</summary>
    public Task<bool> RemoveAsync(string normalised) => writer.RunAsync(async context =>
    {
        if (await IdAsync(context, normalised) is not { } id)
            return false;
        await context.Sql("DELETE FROM target_in_list WHERE list_id = @id").With("id", id).ExecuteAsync();
        await context.Sql("DELETE FROM continuous_share WHERE list_id = @id").With("id", id).ExecuteAsync();
        return await context.Sql("DELETE FROM target_list WHERE id = @id").With("id", id).ExecuteAsync() > 0;
    });

    internal static async Task AddAsync(DbTransactionContext context, TargetNameEntry list, long target, string by, long at) =>
        await context.Sql("INSERT INTO target_in_list (list_id, target_id) VALUES (@list, @target) ON CONFLICT DO NOTHING")
            .With("list", await ListIdAsync(context, list, by, at)).With("target", target).ExecuteAsync();

    private static async Task<long> ListIdAsync(DbTransactionContext context, TargetNameEntry list, string by, long at)
    {
        await context.Sql("INSERT INTO target_list (name, normalised, created_us, created_by) VALUES (@name, @normalised, @at, @by) ON CONFLICT DO NOTHING")
            .With("name", list.Name).With("normalised", list.Normalised).With("at", at).With("by", by).ExecuteAsync();
        return await IdAsync(context, list.Normalised) ?? throw new StorageUnavailableException($"The list '{list.Name}' was removed at this moment.");
    }

    private static async Task<long?> IdAsync(DbTransactionContext context, string normalised) =>
        (await context.Sql($"SELECT id FROM target_list WHERE normalised = @name {context.Dialect.ForUpdate("target_list")}").With("name", normalised)
            .ListAsync(r => r.GetInt64(0))) is [var id] ? id : null;

    private static Task<List<TargetListRow>> ListAsync(Sql sql, CancellationToken cancellation) => sql.ListAsync(
        r => new TargetListRow(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetString(4), r.GetInt64(5)), cancellation);
}
