using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

public sealed partial class TargetTable
{
    /// <summary>
    /// Makes a target what the change says; another name than before stays as an alias, and has the message log looked through. Throws <see cref="UnknownTargetException"/> (also for one that is gone),
    /// <see cref="NameTakenException"/> and <see cref="TargetChangedException"/>.
    /// </summary>
    public async Task EditAsync(long id, TargetChange change)
    {
        TargetStatements.Check([change.Name], change.Extras, []);
        await writer.RunAsync(async context =>
        {
            if (await EditAsync(context, await TargetStatements.LockLivingAsync(context, id), change))
                await LateTargets.AskAsync(context, id, null, change.By, change.AtMicroseconds);
            return true;
        });
    }

    /// <summary>
    /// Aliases, facts and lists in one: all of it or nothing. Throws what <see cref="EditAsync(long, TargetChange)"/> throws, and <see cref="TargetConflictException"/> for a rename of what is no alias of it.
    /// </summary>
    public async Task ReviseAsync(long id, TargetRevision revision)
    {
        TargetStatements.Check(
            [.. revision.RenamedAliases.Select(alias => alias.After), .. revision.AddedAliases, .. revision.Change is { } given ? [given.Name] : Array.Empty<TargetNameEntry>()],
            revision.Change?.Extras ?? [],
            revision.Lists);
        await writer.RunAsync(async context =>
        {
            var target = await TargetStatements.LockLivingAsync(context, id);

            // Aliases first: the name that one leaves may be the target's own new one.
            var isCalledAnew = await RenameAliasesAsync(context, target, revision.RenamedAliases);
            isCalledAnew |= await AddAliasesAsync(context, id, revision.AddedAliases);
            if (revision.Change is { } change)
                isCalledAnew |= await EditAsync(context, target, change);
            else if (revision.RenamedAliases.Count + revision.AddedAliases.Count > 0)
                await TargetStatements.TouchAsync(context, id, revision.By, Later(revision.AtMicroseconds, target));
            foreach (var list in revision.Lists)
                await TargetLists.AddAsync(context, list, id, revision.By, revision.AtMicroseconds);
            if (isCalledAnew)
                await LateTargets.AskAsync(context, id, null, revision.By, revision.AtMicroseconds);
            return true;
        });
    }

    /// <summary>Adds aliases, all or none; those it has already do not matter. Throws <see cref="UnknownTargetException"/>, <see cref="NameTakenException"/>.</summary>
    /// <param name="id">Which target.</param>
    /// <param name="aliases">What it is called too.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="at">When [us since 1970, UTC].</param>
    /// <param name="searchesLog">True to have the message log looked through for it.</param>
    public async Task AddAliasesAsync(long id, IReadOnlyList<TargetNameEntry> aliases, string by, long at, bool searchesLog)
    {
        TargetStatements.Check(aliases, [], []);
        await writer.RunAsync(async context =>
        {
            var target = await TargetStatements.LockLivingAsync(context, id);
            await AddAliasesAsync(context, id, aliases);
            await TargetStatements.TouchAsync(context, id, by, Later(at, target));
            if (searchesLog)
                await LateTargets.AskAsync(context, id, null, by, at);
            return true;
        });
    }

    /// <summary>Takes aliases away, all or none. Throws <see cref="UnknownTargetException"/>, <see cref="TargetConflictException"/> for what is no alias of it.</summary>
    public Task RemoveAliasesAsync(long id, IReadOnlyList<TargetNameEntry> aliases, string by, long at) => writer.RunAsync(async context =>
    {
        var target = await TargetStatements.LockLivingAsync(context, id);
        foreach (var alias in aliases)
        {
            var removed = await context.Sql("DELETE FROM target_name WHERE normalised = @name AND target_id = @id AND ordinal > 0")
                .With("name", alias.Normalised).With("id", id).ExecuteAsync();
            if (removed == 0)
            {
                throw new TargetConflictException(await TargetStatements.HolderAsync(context, alias.Normalised) is (var holder, 0) && holder == id
                    ? $"'{alias.Name}' is the name of {target.Name} itself; give it another one first."
                    : $"'{alias.Name}' is no alias of {target.Name}.");
            }
        }

        await TargetStatements.NamesMovedAsync(context);
        await TargetStatements.TouchAsync(context, id, by, Later(at, target));
        return true;
    });

    /// <summary>True when it has a name that it had not before.</summary>
    private static async Task<bool> EditAsync(DbTransactionContext context, LockedTarget target, TargetChange change)
    {
        if (change.IfModifiedMicroseconds is { } expected && expected != target.ModifiedMicroseconds)
            throw new TargetChangedException(target.Name, target.ModifiedBy);
        var isCalledAnew = await RenameAsync(context, target, change.Name);
        await TargetStatements.UnplaceAsync(context, target);
        double? rightAscension = change.RightAscension is { } ra ? ConeSearch.NormaliseRightAscension(ra) : null;
        await context.Sql("""
            UPDATE target SET name = @name, ra = @ra, dec = @dec, type = @type, details = @details, modified_us = @at, modified_by = @by WHERE id = @id
            """)
            .With("name", change.Name.Name).With("ra", rightAscension).With("dec", change.Declination).With("type", change.Type).With("details", change.Details)
            .With("at", Later(change.AtMicroseconds, target)).With("by", change.By).With("id", target.Id).ExecuteAsync();
        await TargetStatements.PlaceAsync(context, target.Id, change.Type, rightAscension, change.Declination);
        await TargetStatements.SetExtrasAsync(context, target.Id, change.Extras);
        return isCalledAnew;
    }

    /// <summary>True when it has a name that it had not before.</summary>
    private static async Task<bool> AddAliasesAsync(DbTransactionContext context, long id, IReadOnlyList<TargetNameEntry> aliases)
    {
        if (aliases.Count == 0)
            return false;
        var names = await TargetStatements.NamesAsync(context, id);
        var first = names[^1].Ordinal + 1;
        var next = first;
        foreach (var alias in aliases.Where(alias => !names.Any(name => name.Normalised == alias.Normalised)).DistinctBy(alias => alias.Normalised))
        {
            if (!await TargetStatements.TryAddNameAsync(context, id, alias, next++))
                throw await TargetStatements.TakenAsync(context, alias);
        }

        return next > first;
    }

    /// <summary>Aliases keep their ordinals, by which others know them; one that is called as another name of the target goes. True when it has a name that it had not before.</summary>
    private static async Task<bool> RenameAliasesAsync(DbTransactionContext context, LockedTarget target, IReadOnlyList<(TargetNameEntry Before, TargetNameEntry After)> renamed)
    {
        if (renamed.Count == 0)
            return false;
        var names = await TargetStatements.NamesAsync(context, target.Id);
        var leaving = renamed.Select(alias => (
            Row: names.FirstOrDefault(name => name.Ordinal > 0 && name.Normalised == alias.Before.Normalised) ?? throw new TargetConflictException($"'{alias.Before.Name}' is no alias of {target.Name}."),
            alias.After)).ToArray();

        // All go before any comes back: two may change places.
        foreach (var (row, _) in leaving)
            await context.Sql("DELETE FROM target_name WHERE normalised = @name AND target_id = @id").With("name", row.Normalised).With("id", target.Id).ExecuteAsync();
        var kept = names.Except(leaving.Select(alias => alias.Row)).Select(name => name.Normalised).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, after) in leaving)
        {
            if (kept.Add(after.Normalised) && !await TargetStatements.TryAddNameAsync(context, target.Id, after, row.Ordinal))
                throw await TargetStatements.TakenAsync(context, after);
        }

        await TargetStatements.NamesMovedAsync(context);
        return kept.Except(names.Select(name => name.Normalised)).Any();
    }

    /// <summary>True when it has a name that it had not before.</summary>
    private static async Task<bool> RenameAsync(DbTransactionContext context, LockedTarget target, TargetNameEntry name)
    {
        if (target.Name == name.Name)
            return false;
        var names = await TargetStatements.NamesAsync(context, target.Id);
        if (names.FirstOrDefault(own => own.Normalised == name.Normalised) is not { } own)
        {
            // The name before becomes the last alias.
            await context.Sql("UPDATE target_name SET ordinal = @ordinal WHERE normalised = @old").With("ordinal", names[^1].Ordinal + 1).With("old", names[0].Normalised).ExecuteAsync();
            if (!await TargetStatements.TryAddNameAsync(context, target.Id, name, 0))
                throw await TargetStatements.TakenAsync(context, name);
            return true;
        }

        // Another spelling, or an alias: the two change places.
        await context.Sql("UPDATE target_name SET ordinal = @ordinal WHERE normalised = @old").With("ordinal", own.Ordinal).With("old", names[0].Normalised).ExecuteAsync();
        await context.Sql("UPDATE target_name SET ordinal = 0, name = @name WHERE normalised = @new").With("name", name.Name).With("new", name.Normalised).ExecuteAsync();
        return false;
    }

    /// <summary>Moves on with each change, also within a microsecond or when a clock is behind: who read the target before must notice.</summary>
    private static long Later(long at, LockedTarget target) => Math.Max(at, target.ModifiedMicroseconds + 1);
}
