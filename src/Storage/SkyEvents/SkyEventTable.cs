using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Storage.SkyEvents;

/// <summary>Reads events; <see cref="SkyEventWriting"/> writes them.</summary>
public sealed class SkyEventTable(TomDatabase database)
{
    /// <summary>Newest first, with how many there are.</summary>
    public Task<(long Total, IReadOnlyList<SkyEventRow> Rows)> ListAsync(SkyEventListQuery query, CancellationToken cancellation = default)
    {
        var where = $"FROM sky_event e WHERE e.last_us >= @since AND {OfKindAndId(query)} AND {OfTopic(query)} AND {WithText(query)}";
        Sql Bind(Sql sql)
        {
            sql.With("since", query.SinceMicroseconds ?? long.MinValue);
            if (query.Kind is { } kind)
                sql.With("kind", kind);
            if (query.Ids is not null)
                sql.With("ids", query.Ids.ToArray());
            if (query.Stream is not null)
                sql.With("stream", query.Stream);
            if (query.Topic is not null)
                sql.With("topic", query.Topic);
            return query.Text is null ? sql : sql.With("text", query.Text);
        }

        return database.ReadAsync(async reader =>
        {
            var total = await Bind(reader.Sql($"SELECT count(*) {where}")).FirstAsync(r => r.GetInt64(0), cancellation);
            var rows = await Bind(reader.Sql($"SELECT {SkyEventText.Read} {where} ORDER BY e.last_us DESC, e.id DESC LIMIT @limit OFFSET @offset"))
                .With("limit", query.Limit).With("offset", query.Offset).ListAsync(Read, cancellation);
            return (total, await WithNamesAsync(reader, rows, cancellation));
        }, cancellation);
    }

    /// <summary>The event with this key, case and all; null where there is none.</summary>
    public Task<SkyEventRow?> FindAsync(string key, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var rows = await reader.Sql($"SELECT {SkyEventText.Read} FROM sky_event e WHERE e.key = @key").With("key", key).ListAsync(Read, cancellation);
        return await WithNamesAsync(reader, rows, cancellation) is [var only] ? only : null;
    }, cancellation);

    /// <summary>The events that have any of these normalised names, of this rank or a better one, each with the best of these names; newest first.</summary>
    public Task<IReadOnlyList<(SkyEventRow Event, string Name)>> FindByNamesAsync(
        IReadOnlyCollection<string> normalised, int worstRank, int limit, CancellationToken cancellation = default) => normalised.Count == 0
        ? Task.FromResult<IReadOnlyList<(SkyEventRow, string)>>([])
        : database.ReadAsync(async reader =>
        {
            var names = await reader.Sql($"""
                SELECT n.event_id, n.name FROM sky_event_name n JOIN sky_event e ON e.id = n.event_id
                WHERE {database.Dialect.In("n.normalised", "@names")} AND n.rank <= @rank ORDER BY e.last_us DESC, e.id DESC, n.rank LIMIT @limit
                """)
                .With("names", normalised.ToArray()).With("rank", worstRank).With("limit", limit).ListAsync(r => (Id: r.GetInt64(0), Name: r.GetString(1)), cancellation);
            var best = names.DistinctBy(name => name.Id).ToDictionary(name => name.Id, name => name.Name);
            var rows = await reader.Sql($"SELECT {SkyEventText.Read} FROM sky_event e WHERE {database.Dialect.In("e.id", "@ids")} ORDER BY e.last_us DESC, e.id DESC")
                .With("ids", best.Keys.ToArray()).ListAsync(Read, cancellation);
            return (IReadOnlyList<(SkyEventRow, string)>)[.. (await WithNamesAsync(reader, rows, cancellation)).Select(row => (row, best[row.Id]))];
        }, cancellation);

    /// <summary>The events whose error circle holds this place [deg, ICRS], nearest first, with their separation [deg].</summary>
    public Task<IReadOnlyList<(SkyEventRow Event, double SeparationDegrees)>> FindAroundAsync(
        double rightAscension, double declination, int limit, CancellationToken cancellation = default)
    {
        var cone = new ConeSearch(rightAscension, declination, SkyEventWriting.WidestLink);
        return database.ReadAsync(async reader =>
        {
            var near = new Dictionary<long, double>();
            foreach (var window in cone.Windows)
            {
                var found = await reader.Sql("SELECT event_id, ra, dec, radius_deg FROM sky_event_position WHERE zone = @zone AND ra BETWEEN @from AND @to")
                    .With("zone", window.Zone).With("from", window.FromRightAscension).With("to", window.ToRightAscension)
                    .ListAsync(r => (Id: r.GetInt64(0), Separation: cone.SeparationTo(r.GetDouble(1), r.GetDouble(2)), Radius: r.GetDouble(3)), cancellation);
                foreach (var place in found.Where(place => place.Separation <= place.Radius))
                    near[place.Id] = place.Separation;
            }

            var ids = near.OrderBy(entry => entry.Value).Take(limit).Select(entry => entry.Key).ToArray();
            var rows = await reader.Sql($"SELECT {SkyEventText.Read} FROM sky_event e WHERE {database.Dialect.In("e.id", "@ids")}").With("ids", ids).ListAsync(Read, cancellation);
            return (IReadOnlyList<(SkyEventRow, double)>)[.. (await WithNamesAsync(reader, rows, cancellation)).Select(row => (row, near[row.Id])).OrderBy(pair => pair.Item2)];
        }, cancellation);
    }

    /// <summary>All names of an event in their normalised form.</summary>
    public Task<IReadOnlyList<SkyEventName>> NamesAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<SkyEventName>)await reader.Sql("SELECT name, normalised, rank FROM sky_event_name WHERE event_id = @id ORDER BY rank, normalised")
            .With("id", id).ListAsync(r => new SkyEventName(r.GetString(0), r.GetString(1), r.GetInt32(2)), cancellation), cancellation);

    /// <summary>The versions of an event by number, without their texts.</summary>
    public Task<IReadOnlyList<SkyEventVersionRow>> VersionsAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<SkyEventVersionRow>)await reader
            .Sql($"SELECT {SkyEventText.ReadVersion}, '' FROM sky_event_version v WHERE v.event_id = @id ORDER BY v.number").With("id", id).ListAsync(ReadVersion, cancellation), cancellation);

    /// <summary>One version with its text; null where there is none.</summary>
    public Task<SkyEventVersionRow?> VersionAsync(long id, int number, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql($"SELECT {SkyEventText.ReadVersion}, v.body FROM sky_event_version v WHERE v.event_id = @id AND v.number = @number")
            .With("id", id).With("number", number).FirstAsync(ReadVersion, cancellation), cancellation);

    /// <summary>Keys of the events that the message at a place is kept for, with the version's number.</summary>
    public Task<IReadOnlyList<(string Key, int Number)>> OfMessageAsync(string stream, string topic, int partition, long offset, CancellationToken cancellation = default) =>
        database.ReadAsync(async reader => (IReadOnlyList<(string, int)>)await reader.Sql("""
            SELECT e.key, v.number FROM sky_event_version v JOIN sky_event e ON e.id = v.event_id
            WHERE v.topic = @topic AND v.partition = @partition AND v.message_offset = @offset AND v.stream = @stream ORDER BY e.id
            """)
            .With("stream", stream).With("topic", topic).With("partition", partition).With("offset", offset)
            .ListAsync(r => (r.GetString(0), r.GetInt32(1)), cancellation), cancellation);

    /// <summary>True where an event has a version that says the same; what the writing would find out, without writing.</summary>
    public Task<bool> IsKnownAsync(NewSkyEventVersion version, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => await SkyEventRepeats.FindAsync(reader.Sql, null, version, cancellation) is not null, cancellation);

    private string OfKindAndId(SkyEventListQuery query) =>
        (query.Kind is null ? "true" : "e.kind = @kind") + (query.Ids is null ? "" : $" AND {database.Dialect.In("e.id", "@ids")}");

    private static string OfTopic(SkyEventListQuery query) => (query.Stream, query.Topic) switch
    {
        (null, null) => "true",
        (null, _) => "EXISTS (SELECT 1 FROM sky_event_version v WHERE v.event_id = e.id AND v.topic = @topic)",
        (_, null) => "EXISTS (SELECT 1 FROM sky_event_version v WHERE v.event_id = e.id AND v.stream = @stream)",
        _ => "EXISTS (SELECT 1 FROM sky_event_version v WHERE v.event_id = e.id AND v.topic = @topic AND v.stream = @stream)",
    };

    private string WithText(SkyEventListQuery query) => query.Text is null
        ? "true"
        : $"""
            ({database.Dialect.Contains("lower(e.key)", "@text")} OR {database.Dialect.Contains("lower(e.title)", "@text")}
             OR EXISTS (SELECT 1 FROM sky_event_name n WHERE n.event_id = e.id AND n.rank < 2 AND {database.Dialect.Contains("lower(n.name)", "@text")})
             OR EXISTS (SELECT 1 FROM sky_event_version b WHERE b.event_id = e.id AND b.number = e.latest AND {database.Dialect.Contains("lower(b.body)", "@text")}))
            """;

    private async Task<IReadOnlyList<SkyEventRow>> WithNamesAsync(TomReader reader, List<SkyEventRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return rows;
        var names = await reader.Sql($"SELECT event_id, name FROM sky_event_name WHERE {database.Dialect.In("event_id", "@ids")} AND rank = 1 ORDER BY event_id, normalised")
            .With("ids", rows.Select(row => row.Id).ToArray()).ListAsync(r => (Id: r.GetInt64(0), Name: r.GetString(1)), cancellation);
        var byEvent = names.ToLookup(name => name.Id, name => name.Name);
        return [.. rows.Select(row => row with { Names = [.. byEvent[row.Id]] })];
    }

    private static SkyEventRow Read(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Key = r.GetString(1),
        Kind = r.GetInt32(2),
        Title = r.GetString(3),
        Type = r.GetInt32(4),
        IsTest = r.GetBoolean(5),
        Versions = r.GetInt32(6),
        Latest = r.GetInt32(7),
        FirstMicroseconds = r.GetInt64(8),
        LastMicroseconds = r.GetInt64(9),
        EventMicroseconds = r.Long(10),
        Place = r.Double(11) is { } ra && r.Double(12) is { } dec ? new(ra, dec, r.Double(13)) : null,
    };

    private SkyEventVersionRow ReadVersion(DbDataReader r) => new(
        r.GetInt32(0),
        new()
        {
            Hash = database.Dialect.ReadGuid(r, 1),
            Stated = r.Text(2),
            Source = r.GetString(3),
            Title = r.GetString(4),
            Type = r.GetInt32(5),
            IsTest = r.GetBoolean(6),
            Submitter = r.Text(7),
            IssuedMicroseconds = r.Long(8),
            EventMicroseconds = r.Long(9),
            Place = r.Double(10) is { } ra && r.Double(11) is { } dec ? new(ra, dec, r.Double(12), r.Double(13)) : null,
            Ivorn = r.Text(14),
            Body = r.GetString(21),
        },
        new(r.GetString(15), r.GetString(16), r.GetInt32(17), r.GetInt64(18), r.GetInt64(19), r.IsDBNull(20) ? null : database.Dialect.ReadGuid(r, 20)));
}
