using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>A name of a target as it is stored.</summary>
internal sealed record NameRow(string Name, string Normalised, int Ordinal);

/// <summary>What a target is now, its row locked until the transaction ends.</summary>
internal sealed record LockedTarget(long Id, string Name, double? RightAscension, double? Declination, int Type, long Points, long ModifiedMicroseconds, string ModifiedBy, bool IsGone);

/// <summary>Pieces of what changes targets, within a transaction of the writer.</summary>
internal static class TargetStatements
{
    public const int MaxNameLength = 400;

    /// <summary>Throws <see cref="StorageException"/> for what cannot be kept.</summary>
    public static void Check(IEnumerable<TargetNameEntry> names, IEnumerable<ExtraRow> extras, IEnumerable<TargetNameEntry> lists)
    {
        foreach (var entry in names)
            StorableText.Check("target's name", entry.Name, MaxNameLength);
        foreach (var extra in extras)
        {
            StorableText.Check("name of an extra field", extra.Key, 200);
            StorableText.Check($"extra field {extra.Key}", extra.Value, 100_000);
        }

        foreach (var list in lists)
            StorableText.Check("list's name", list.Name, 200);
    }

    /// <summary>The targets with these ids, in their order and locked in it, also such as are gone. Throws <see cref="UnknownTargetException"/> for the first that does not exist.</summary>
    public static async Task<IReadOnlyList<LockedTarget>> LockAsync(DbTransactionContext context, params long[] ids)
    {
        var rows = await context.Sql($"""
            SELECT id, name, ra, dec, type, points, coalesce(modified_us, created_us), coalesce(modified_by, created_by), gone_us IS NOT NULL
            FROM target WHERE {context.Dialect.In("id", "@ids")} ORDER BY id {context.Dialect.ForUpdate("target")}
            """)
            .With("ids", ids)
            .ListAsync(r => new LockedTarget(
                r.GetInt64(0), r.GetString(1), r.Double(2), r.Double(3), r.GetInt32(4), r.GetInt64(5), r.GetInt64(6), r.GetString(7), r.GetBoolean(8)));
        return [.. ids.Select(id => rows.Find(row => row.Id == id) ?? throw new UnknownTargetException(id))];
    }

    /// <summary>The same for one that is not gone.</summary>
    public static async Task<LockedTarget> LockLivingAsync(DbTransactionContext context, long id) =>
        (await LockAsync(context, id)) is [{ IsGone: false } target] ? target : throw new UnknownTargetException(id);

    /// <summary>Who has a name; null when nobody has.</summary>
    public static async Task<(long Id, int Ordinal)?> HolderAsync(DbTransactionContext context, string normalised) =>
        (await context.Sql("SELECT target_id, ordinal FROM target_name WHERE normalised = @name")
            .With("name", normalised).ListAsync(r => (r.GetInt64(0), r.GetInt32(1)))) is [var holder] ? holder : null;

    /// <summary>Gives a target a name. False when somebody has it; waits for another silo that is adding the same one.</summary>
    public static async Task<bool> TryAddNameAsync(DbTransactionContext context, long id, TargetNameEntry entry, int ordinal) => await context.Sql("""
        INSERT INTO target_name (normalised, name, target_id, ordinal) VALUES (@normalised, @name, @id, @ordinal) ON CONFLICT DO NOTHING
        """)
        .With("normalised", entry.Normalised).With("name", entry.Name).With("id", id).With("ordinal", ordinal).ExecuteAsync() > 0;

    public static async Task<NameTakenException> TakenAsync(DbTransactionContext context, TargetNameEntry entry)
    {
        var holder = await context.Sql("SELECT t.id, t.name FROM target_name n JOIN target t ON t.id = n.target_id WHERE n.normalised = @name")
            .With("name", entry.Normalised).FirstAsync(r => (Id: r.GetInt64(0), Name: r.GetString(1)));
        return new NameTakenException(entry.Name, holder.Id, holder.Name ?? "another target");
    }

    public static async Task<IReadOnlyList<NameRow>> NamesAsync(DbTransactionContext context, long id) =>
        await context.Sql("SELECT name, normalised, ordinal FROM target_name WHERE target_id = @id ORDER BY ordinal").With("id", id)
            .ListAsync(r => new NameRow(r.GetString(0), r.GetString(1), r.GetInt32(2)));

    /// <summary>Makes the place in the index what the target's coordinates say.</summary>
    public static async Task PlaceAsync(DbTransactionContext context, long id, int type, double? rightAscension, double? declination)
    {
        if (type == 0 && rightAscension is { } ra && declination is { } dec)
        {
            await context.Sql("INSERT INTO target_position (zone, ra, target_id, dec) VALUES (@zone, @ra, @id, @dec) ON CONFLICT DO NOTHING")
                .With("zone", ConeSearch.Zone(dec)).With("ra", ra).With("id", id).With("dec", dec).ExecuteAsync();
        }
    }

    public static async Task UnplaceAsync(DbTransactionContext context, LockedTarget target)
    {
        if (target is { RightAscension: { } ra, Declination: { } dec })
        {
            await context.Sql("DELETE FROM target_position WHERE zone = @zone AND ra = @ra AND target_id = @id")
                .With("zone", ConeSearch.Zone(dec)).With("ra", ra).With("id", target.Id).ExecuteAsync();
        }
    }

    /// <summary>Makes the free fields what they are to be; fields that stay keep their ordinals.</summary>
    public static async Task SetExtrasAsync(DbTransactionContext context, long id, IReadOnlyList<ExtraRow> extras)
    {
        var stored = await context.Sql("SELECT key, value, ordinal FROM target_extra WHERE target_id = @id").With("id", id)
            .ListAsync(r => new ExtraRow(r.GetString(0), r.GetString(1), r.GetInt32(2)));
        var keys = extras.Select(extra => extra.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var extra in stored.Where(extra => !keys.Contains(extra.Key)))
            await context.Sql("DELETE FROM target_extra WHERE target_id = @id AND key = @key").With("id", id).With("key", extra.Key).ExecuteAsync();
        var next = stored.Select(extra => extra.Ordinal + 1).DefaultIfEmpty(1).Max();
        foreach (var extra in extras)
        {
            await context.Sql("""
                INSERT INTO target_extra (target_id, key, value, ordinal) VALUES (@id, @key, @value, @ordinal)
                ON CONFLICT (target_id, key) DO UPDATE SET value = excluded.value
                """)
                .With("id", id).With("key", extra.Key).With("value", extra.Value).With("ordinal", next++).ExecuteAsync();
        }
    }

    /// <summary>Points, first and last light of a target, from its rows.</summary>
    public static Task SummariseAsync(DbTransactionContext context, long id) => context.Sql($"""
        UPDATE target SET
            points = ({PhotometryText.CountOf}),
            witnesses = (SELECT count(*) FROM photometry p WHERE p.target_id = target.id)
                - (SELECT count(*) FROM (SELECT DISTINCT p.time_us, p.content, p.band, p.telescope FROM photometry p WHERE p.target_id = @id) stated),
            first_us = (SELECT min(p.time_us) FROM photometry p WHERE p.target_id = target.id),
            last_us = (SELECT max(p.time_us) FROM photometry p WHERE p.target_id = target.id)
        WHERE id = @id
        """).With("id", id).ExecuteAsync();

    public static Task TouchAsync(DbTransactionContext context, long id, string by, long at) =>
        context.Sql("UPDATE target SET modified_us = @at, modified_by = @by WHERE id = @id").With("at", at).With("by", by).With("id", id).ExecuteAsync();

    /// <summary>A name no longer means what it meant: the silos must forget what they have cached.</summary>
    public static Task NamesMovedAsync(DbTransactionContext context) => context.Sql("UPDATE name_epoch SET epoch = epoch + 1").ExecuteAsync();
}
