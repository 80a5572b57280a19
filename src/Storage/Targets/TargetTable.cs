using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Targets;

/// <summary>Targets, their names and their positions. Reads use connections of their own; what is written goes through the writer.</summary>
public sealed class TargetTable(TomDatabase database, GroupCommitWriter writer)
{
    private const int MaxNameLength = 400;

    private const string Columns = "t.id, t.name, t.ra, t.dec, t.created_us, t.created_by, t.points, t.first_us, t.last_us";

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

    /// <summary>
    /// Makes a target and answers its id and true, or, where somebody has the main name (as name or alias), that target's id and false. Aliases that others have are left out.
    /// Safe to repeat and to race, over silos too.
    /// </summary>
    public async Task<(long Id, bool Created)> CreateAsync(NewTarget target)
    {
        if (target.Names.Count == 0)
            throw new ArgumentException("A target needs a name.", nameof(target));
        foreach (var entry in target.Names)
            StorableText.Check("target's name", entry.Name, MaxNameLength);
        return await writer.RunAsync(context => CreateAsync(context, target));
    }

    /// <summary>The targets with these ids, in the order of ids; those that do not exist are absent.</summary>
    public Task<IReadOnlyList<TargetRow>> GetAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => ReadAsync(
            reader,
            reader.Sql($"SELECT {Columns} FROM target t WHERE {database.Dialect.In("t.id", "@ids")} ORDER BY t.id").With("ids", ids.ToArray()),
            cancellation), cancellation);

    public Task<(long Total, IReadOnlyList<TargetRow> Rows)> ListAsync(TargetListQuery query, CancellationToken cancellation = default)
    {
        var text = query.NormalisedText is null
            ? "true"
            : $"EXISTS (SELECT 1 FROM target_name n WHERE n.target_id = t.id AND {database.Dialect.Contains("n.normalised", "@text")})";
        var only = query.Ids is null ? "true" : database.Dialect.In("t.id", "@ids");
        var order = query.LatestFirst ? "t.last_us DESC NULLS LAST, t.id DESC" : "t.name, t.id";
        var where = $"FROM target t WHERE {text} AND {only}";
        Sql Bind(Sql sql)
        {
            if (query.NormalisedText is not null)
                sql.With("text", query.NormalisedText);
            return query.Ids is null ? sql : sql.With("ids", query.Ids.ToArray());
        }

        return database.ReadAsync(async reader =>
        {
            var total = await Bind(reader.Sql($"SELECT count(*) {where}")).FirstAsync(r => r.GetInt64(0), cancellation);
            var page = Bind(reader.Sql($"SELECT {Columns} {where} ORDER BY {order} LIMIT @limit OFFSET @offset"))
                .With("limit", query.Limit).With("offset", query.Offset);
            return (total, await ReadAsync(reader, page, cancellation));
        }, cancellation);
    }

    /// <summary>Targets, and points of all of them (revisions not counted).</summary>
    public Task<(long Targets, long Points)> CountAsync(CancellationToken cancellation = default) => database.ReadAsync(reader => reader
        .Sql("SELECT count(*), CAST(coalesce(sum(points), 0) AS bigint) FROM target")
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

    private static async Task<(long, bool)> CreateAsync(DbTransactionContext context, NewTarget target)
    {
        Task<long> HolderAsync(string normalised) => context.Sql("SELECT target_id FROM target_name WHERE normalised = @name")
            .With("name", normalised).FirstAsync(r => r.GetInt64(0));

        var main = target.Names[0];
        if (await HolderAsync(main.Normalised) is > 0 and var holder)
            return (holder, false);
        double? rightAscension = target.RightAscension is { } ra ? ConeSearch.NormaliseRightAscension(ra) : null;
        var id = await context.Sql("""
            INSERT INTO target (name, ra, dec, created_us, created_by) VALUES (@name, @ra, @dec, @created, @by) RETURNING id
            """)
            .With("name", main.Name).With("ra", rightAscension).With("dec", target.Declination)
            .With("created", target.CreatedMicroseconds).With("by", target.CreatedBy).FirstAsync(r => r.GetInt64(0));
        for (var i = 0; i < target.Names.Count; i++)
        {
            // Waits for another silo that is adding the same name, and then finds it taken.
            var added = await context.Sql("""
                INSERT INTO target_name (normalised, name, target_id, ordinal) VALUES (@normalised, @name, @id, @ordinal) ON CONFLICT DO NOTHING
                """)
                .With("normalised", target.Names[i].Normalised).With("name", target.Names[i].Name).With("id", id).With("ordinal", i).ExecuteAsync();
            if (i > 0 || added > 0)
                continue;
            await context.Sql("DELETE FROM target WHERE id = @id").With("id", id).ExecuteAsync();
            return (await HolderAsync(main.Normalised), false);
        }

        if (rightAscension is { } placed && target.Declination is { } declination)
        {
            await context.Sql("INSERT INTO target_position (zone, ra, target_id, dec) VALUES (@zone, @ra, @id, @dec)")
                .With("zone", ConeSearch.Zone(declination)).With("ra", placed).With("id", id).With("dec", declination).ExecuteAsync();
        }

        return (id, true);
    }

    private async Task<IReadOnlyList<TargetRow>> ReadAsync(TomReader reader, Sql statement, CancellationToken cancellation)
    {
        var rows = await statement.ListAsync(Read, cancellation);
        var aliases = await reader.Sql($"SELECT target_id, name FROM target_name WHERE {database.Dialect.In("target_id", "@ids")} AND ordinal > 0 ORDER BY target_id, ordinal")
            .With("ids", rows.Select(row => row.Id).ToArray())
            .ListAsync(r => (Id: r.GetInt64(0), Name: r.GetString(1)), cancellation);
        var byTarget = aliases.ToLookup(alias => alias.Id, alias => alias.Name);
        return rows.Select(row => row with { Aliases = byTarget[row.Id].ToArray() }).ToArray();
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
    };
}
