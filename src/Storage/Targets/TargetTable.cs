using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>Targets, their names and their positions. Reads use connections of their own; what is written goes through the writer.</summary>
public sealed partial class TargetTable(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns = """
        t.id, t.name, t.ra, t.dec, t.created_us, t.created_by, t.points, t.first_us, t.last_us,
        t.type, t.details, coalesce(t.modified_us, t.created_us), coalesce(t.modified_by, t.created_by)
        """;

    /// <summary>The targets with these normalised names or aliases; names that nobody has are absent.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ResolveAsync(IReadOnlyCollection<string> normalisedNames, CancellationToken cancellation = default)
    {
        if (normalisedNames.Count == 0)
            return new Dictionary<string, long>();
        var rows = await database.ReadAsync(reader => reader
            .Sql($"SELECT normalised, target_id FROM target_name WHERE {database.Dialect.In("normalised", "@names")}")
            .With("names", normalisedNames.ToArray())
            .ListAsync(r => KeyValuePair.Create(r.GetString(0), r.GetInt64(1)), cancellation), cancellation);
        return new Dictionary<string, long>(rows);
    }

    /// <summary>The same with the targets' main names.</summary>
    public async Task<IReadOnlyDictionary<string, (long Id, string Name)>> ResolveNamesAsync(IReadOnlyCollection<string> normalisedNames, CancellationToken cancellation = default)
    {
        if (normalisedNames.Count == 0)
            return new Dictionary<string, (long, string)>();
        var rows = await database.ReadAsync(reader => reader
            .Sql($"SELECT n.normalised, t.id, t.name FROM target_name n JOIN target t ON t.id = n.target_id WHERE {database.Dialect.In("n.normalised", "@names")}")
            .With("names", normalisedNames.ToArray())
            .ListAsync(r => KeyValuePair.Create(r.GetString(0), (r.GetInt64(1), r.GetString(2))), cancellation), cancellation);
        return new Dictionary<string, (long, string)>(rows);
    }

    /// <summary>
    /// Makes a target and answers its id and true, or, where somebody has the main name (as name or alias), that target's id and false. Aliases that others have are left out.
    /// Safe to repeat and to race, over silos too.
    /// </summary>
    public async Task<(long Id, bool Created)> CreateAsync(NewTarget target)
    {
        Check(target);
        return await writer.RunAsync(context => CreateAsync(context, target, aliasesToo: false));
    }

    /// <summary>Makes a target and answers its id. Throws <see cref="NameTakenException"/> when somebody has its name or one of its aliases: then nothing is made.</summary>
    public async Task<long> AddAsync(NewTarget target)
    {
        Check(target);
        return await writer.RunAsync(async context => await CreateAsync(context, target, aliasesToo: true) is (var id, true)
            ? id
            : throw await TargetStatements.TakenAsync(context, target.Names[0]));
    }

    /// <summary>The targets with these ids, in the order of ids; those that do not exist, or are gone, are absent.</summary>
    public Task<IReadOnlyList<TargetRow>> GetAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => ReadAsync(
            reader,
            reader.Sql($"SELECT {Columns} FROM target t WHERE {database.Dialect.In("t.id", "@ids")} AND t.gone_us IS NULL ORDER BY t.id").With("ids", ids.ToArray()),
            cancellation), cancellation);

    /// <summary>How many points a target has (revisions not counted); null where there is no such target (any more).</summary>
    public Task<long?> PointsAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql("SELECT points FROM target WHERE id = @id AND gone_us IS NULL").With("id", id).FirstAsync(r => (long?)r.GetInt64(0), cancellation), cancellation);

    public Task<(long Total, IReadOnlyList<TargetRow> Rows)> ListAsync(TargetListQuery query, CancellationToken cancellation = default)
    {
        var order = query.LatestFirst ? "t.last_us DESC NULLS LAST, t.id DESC" : "t.name, t.id";
        return database.ReadAsync(async reader =>
        {
            var total = await Where(reader, "SELECT count(*)", query).FirstAsync(r => r.GetInt64(0), cancellation);
            var page = Where(reader, $"SELECT {Columns}", query, $"ORDER BY {order} LIMIT @limit OFFSET @offset").With("limit", query.Limit).With("offset", query.Offset);
            return (total, await ReadAsync(reader, page, cancellation));
        }, cancellation);
    }

    /// <summary>The ids of all that fit, whatever limit and offset say.</summary>
    public Task<IReadOnlySet<long>> FilterAsync(TargetListQuery query, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlySet<long>)(await Where(reader, "SELECT t.id", query).ListAsync(r => r.GetInt64(0), cancellation)).ToHashSet(), cancellation);

    /// <summary>Targets, and points of all of them (revisions not counted).</summary>
    public Task<(long Targets, long Points)> CountAsync(CancellationToken cancellation = default) => database.ReadAsync(reader => reader
        .Sql("SELECT count(*), CAST(coalesce(sum(points), 0) AS bigint) FROM target WHERE gone_us IS NULL")
        .FirstAsync(r => (r.GetInt64(0), r.GetInt64(1)), cancellation), cancellation);

    /// <summary>Targets within a radius of a place [deg, ICRS], nearest first, with their separation [deg].</summary>
    public Task<IReadOnlyList<(long Id, double SeparationDegrees)>> FindInConeAsync(
        double rightAscension, double declination, double radiusDegrees, CancellationToken cancellation = default)
    {
        var cone = new ConeSearch(rightAscension, declination, radiusDegrees);
        return database.ReadAsync(async reader =>
        {
            var found = await database.Dialect.FindInWindowsAsync(reader.Connection, cone.Windows, cancellation);
            return (IReadOnlyList<(long, double)>)found
                .Select(place => (place.Id, Separation: cone.SeparationTo(place.RightAscension, place.Declination)))
                .Where(place => place.Separation <= radiusDegrees)
                .OrderBy(place => place.Separation).ThenBy(place => place.Id).ToArray();
        }, cancellation);
    }

    /// <summary>How often names have stopped to mean what they meant: who caches names forgets them when this has moved.</summary>
    public Task<long> NameEpochAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(reader => reader.Sql("SELECT epoch FROM name_epoch").FirstAsync(r => r.GetInt64(0), cancellation), cancellation);

    private static void Check(NewTarget target)
    {
        if (target.Names.Count == 0)
            throw new ArgumentException("A target needs a name.", nameof(target));
        TargetStatements.Check(target.Names, target.Extras, target.Lists);
    }

    private static async Task<(long Id, bool Created)> CreateAsync(DbTransactionContext context, NewTarget target, bool aliasesToo)
    {
        var main = target.Names[0];
        if (await TargetStatements.HolderAsync(context, main.Normalised) is var (holder, _))
            return (holder, false);
        double? rightAscension = target.RightAscension is { } ra ? ConeSearch.NormaliseRightAscension(ra) : null;
        var id = await context.Sql("""
            INSERT INTO target (name, ra, dec, created_us, created_by, type, details) VALUES (@name, @ra, @dec, @created, @by, @type, @details) RETURNING id
            """)
            .With("name", main.Name).With("ra", rightAscension).With("dec", target.Declination)
            .With("created", target.CreatedMicroseconds).With("by", target.CreatedBy).With("type", target.Type).With("details", target.Details)
            .FirstAsync(r => r.GetInt64(0));
        for (var i = 0; i < target.Names.Count; i++)
        {
            if (await TargetStatements.TryAddNameAsync(context, id, target.Names[i], i))
                continue;
            if (i == 0)
            {
                await context.Sql("DELETE FROM target WHERE id = @id").With("id", id).ExecuteAsync();
                return ((await TargetStatements.HolderAsync(context, main.Normalised))?.Id ?? 0, false);
            }

            if (aliasesToo)
                throw await TargetStatements.TakenAsync(context, target.Names[i]);
        }

        await TargetStatements.PlaceAsync(context, id, target.Type, rightAscension, target.Declination);
        if (target.Extras.Count > 0)
            await TargetStatements.SetExtrasAsync(context, id, target.Extras);
        foreach (var list in target.Lists)
            await TargetLists.AddAsync(context, list, id, target.CreatedBy, target.CreatedMicroseconds);
        if (target.SearchesLog)
            await LateTargets.AskAsync(context, id, null, target.CreatedBy, target.CreatedMicroseconds);
        return (id, true);
    }

    private Sql Where(TomReader reader, string select, TargetListQuery query, string order = "")
    {
        var conditions = new List<string> { "t.gone_us IS NULL" };
        void Add(object? value, string condition)
        {
            if (value is not null)
                conditions.Add(condition);
        }

        Add(query.NormalisedText, $"EXISTS (SELECT 1 FROM target_name n WHERE n.target_id = t.id AND {database.Dialect.Contains("n.normalised", "@text")})");
        if (query.AnyOfTexts.Count > 0)
            conditions.Add($"EXISTS (SELECT 1 FROM target_name n WHERE n.target_id = t.id AND ({string.Join(" OR ", query.AnyOfTexts.Select((_, i) => database.Dialect.Contains("n.normalised", $"@text{i}")))}))");
        Add(query.Ids, database.Dialect.In("t.id", "@ids"));
        Add(query.ListId, "EXISTS (SELECT 1 FROM target_in_list i WHERE i.list_id = @list AND i.target_id = t.id)");
        Add(query.Type, "t.type = @type");
        Add(query.ExtraKey ?? query.ExtraValue, $"""
            EXISTS (SELECT 1 FROM target_extra e WHERE e.target_id = t.id
                AND {(query.ExtraKey is null ? "true" : "e.key = @key")} AND {(query.ExtraValue is null ? "true" : "e.value = @value")})
            """);
        var sql = reader.Sql($"{select} FROM target t WHERE {string.Join(" AND ", conditions)} {order}");
        if (query.NormalisedText is { } text)
            sql.With("text", text);
        for (var i = 0; i < query.AnyOfTexts.Count; i++)
            sql.With($"text{i}", query.AnyOfTexts[i]);
        if (query.Ids is { } ids)
            sql.With("ids", ids.ToArray());
        if (query.ListId is { } list)
            sql.With("list", list);
        if (query.Type is { } type)
            sql.With("type", type);
        if (query.ExtraKey is { } key)
            sql.With("key", key);
        if (query.ExtraValue is { } value)
            sql.With("value", value);
        return sql;
    }

    private async Task<IReadOnlyList<TargetRow>> ReadAsync(TomReader reader, Sql statement, CancellationToken cancellation)
    {
        var rows = await statement.ListAsync(Read, cancellation);
        if (rows.Count == 0)
            return rows;
        var ids = rows.Select(row => row.Id).ToArray();
        var aliases = (await reader.Sql($"SELECT target_id, name, ordinal FROM target_name WHERE {database.Dialect.In("target_id", "@ids")} AND ordinal > 0 ORDER BY target_id, ordinal")
            .With("ids", ids).ListAsync(r => (Id: r.GetInt64(0), Name: r.GetString(1), Ordinal: r.GetInt32(2)), cancellation)).ToLookup(alias => alias.Id);
        var extras = (await reader.Sql($"SELECT target_id, key, value, ordinal FROM target_extra WHERE {database.Dialect.In("target_id", "@ids")} ORDER BY target_id, ordinal")
            .With("ids", ids).ListAsync(r => (Id: r.GetInt64(0), Row: new ExtraRow(r.GetString(1), r.GetString(2), r.GetInt32(3))), cancellation)).ToLookup(extra => extra.Id, extra => extra.Row);
        var lists = (await reader.Sql($"""
            SELECT i.target_id, l.id, l.name FROM target_in_list i JOIN target_list l ON l.id = i.list_id
            WHERE {database.Dialect.In("i.target_id", "@ids")} ORDER BY l.normalised
            """)
            .With("ids", ids).ListAsync(r => (Target: r.GetInt64(0), List: (r.GetInt64(1), r.GetString(2))), cancellation)).ToLookup(list => list.Target, list => list.List);
        return rows.Select(row => row with
        {
            Aliases = aliases[row.Id].Select(alias => alias.Name).ToArray(),
            AliasOrdinals = aliases[row.Id].Select(alias => alias.Ordinal).ToArray(),
            Extras = extras[row.Id].ToArray(),
            Lists = lists[row.Id].ToArray(),
        }).ToArray();
    }

    private static TargetRow Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        Aliases = [],
        RightAscension = row.Double(2),
        Declination = row.Double(3),
        CreatedMicroseconds = row.GetInt64(4),
        CreatedBy = row.GetString(5),
        Points = row.GetInt64(6),
        FirstMicroseconds = row.Long(7),
        LastMicroseconds = row.Long(8),
        Type = row.GetInt32(9),
        Details = row.Text(10),
        ModifiedMicroseconds = row.GetInt64(11),
        ModifiedBy = row.GetString(12),
    };
}
