using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.SkyEvents;

/// <summary>Keeps versions of events. What is kept already changes nothing, so that all may be repeated.</summary>
public sealed class SkyEventWriting(GroupCommitWriter writer)
{
    /// <summary>Error radii above this link no targets [deg]: too many lie within by chance.</summary>
    public const double WidestLink = 1;

    /// <summary>Smaller radii, and positions without one, link targets within this [deg]: 5 arcsec.</summary>
    public const double NarrowestLink = 5 / 3600.0;

    private const int MaxNameLength = 400;
    private const int MaxTextLength = 8_000_000;

    /// <summary>One fate a version, in order; durable when it returns, all or none. Throws <see cref="StorageException"/> for texts that cannot be stored.</summary>
    public async Task<IReadOnlyList<SkyEventFate>> KeepAsync(IReadOnlyList<NewSkyEventVersion> versions)
    {
        foreach (var version in versions)
            Check(version);
        return await writer.RunAsync(async context =>
        {
            var fates = new SkyEventFate[versions.Count];
            for (var i = 0; i < fates.Length; i++)
                fates[i] = await KeepAsync(context, versions[i]);
            return (IReadOnlyList<SkyEventFate>)fates;
        });
    }

    private static async Task<SkyEventFate> KeepAsync(DbTransactionContext context, NewSkyEventVersion version)
    {
        var known = await FindAsync(context, version);
        if (known is null)
        {
            // Waits for another silo that is making the same event, and then finds it made.
            var made = await InsertAsync(context, version);
            known = await LockAsync(context, version.Key) ?? throw new InvalidOperationException("an event that was made is not there");
            if (made)
            {
                await AddVersionAsync(context, known.Value.Id, 1, version);
                await AddNamesAsync(context, known.Value.Id, version.Names);
                await PlaceAsync(context, known.Value.Id, version);
                return SkyEventFate.NewEvent;
            }
        }

        var (id, number, lastMicroseconds) = known.Value;
        if (await SkyEventRepeats.FindAsync(context.Sql, id, version) is { } equal)
            return equal.IsAt(version.Message) ? SkyEventFate.Again : SkyEventFate.Known;
        await AddVersionAsync(context, id, number + 1, version);
        var isLatest = version.Message.TimeMicroseconds >= lastMicroseconds;
        await UpdateAsync(context, id, number + 1, version, isLatest);
        if (version.ReplacesNames && isLatest)
            await context.Sql("DELETE FROM sky_event_name WHERE event_id = @id AND rank > 0").With("id", id).ExecuteAsync();
        if (isLatest || !version.ReplacesNames)
            await AddNamesAsync(context, id, version.Names);
        await PlaceAsync(context, id, version);
        return SkyEventFate.NewVersion;
    }

    /// <summary>The event that the version is of, locked; null when there is none yet.</summary>
    private static async Task<(long Id, int Versions, long LastMicroseconds)?> FindAsync(DbTransactionContext context, NewSkyEventVersion version)
    {
        foreach (var cited in version.Cites)
        {
            var keys = await context.Sql("SELECT e.key FROM sky_event_version v JOIN sky_event e ON e.id = v.event_id WHERE v.ivorn = @ivorn ORDER BY e.id LIMIT 1")
                .With("ivorn", cited).ListAsync(r => r.GetString(0));
            if (keys is [var key])
                return await LockAsync(context, key);
        }

        return await LockAsync(context, version.Key);
    }

    private static async Task<(long Id, int Versions, long LastMicroseconds)?> LockAsync(DbTransactionContext context, string key)
    {
        var found = await context.Sql($"SELECT e.id, e.versions, e.last_us FROM sky_event e WHERE e.key = @key {context.Dialect.ForUpdate("e")}")
            .With("key", key).ListAsync(r => (r.GetInt64(0), r.GetInt32(1), r.GetInt64(2)));
        return found is [var only] ? only : null;
    }

    private static async Task<bool> InsertAsync(DbTransactionContext context, NewSkyEventVersion version) => await context.Sql("""
        INSERT INTO sky_event (key, kind, title, type, test, versions, latest, first_us, last_us, event_us)
        VALUES (@key, @kind, @title, @type, @test, 1, 1, @time, @time, @event) ON CONFLICT (key) DO NOTHING
        """)
        .With("key", version.Key).With("kind", version.Kind).With("title", version.Content.Title).With("type", version.Content.Type).With("test", version.Content.IsTest)
        .With("time", (long?)version.Message.TimeMicroseconds).With("event", version.Content.EventMicroseconds).ExecuteAsync() > 0;

    private static Task<int> AddVersionAsync(DbTransactionContext context, long id, int number, NewSkyEventVersion version)
    {
        var (content, message) = (version.Content, version.Message);
        var sql = context.Sql($"""
            INSERT INTO sky_event_version (event_id, number, {SkyEventText.Written}) VALUES
            (@id, @number, @content, @stated, @source, @title, @type, @test, @submitter, @issued, @event, @ra, @dec, @error, @containment, @ivorn,
             @stream, @topic, @partition, @offset, @time, {(message.MessageId is null ? "NULL" : "@message")}, @body)
            """);
        if (message.MessageId is { } messageId)
            sql.With("message", messageId);
        return sql.With("id", id).With("number", number).With("content", content.Hash).With("stated", content.Stated).With("source", content.Source)
            .With("title", content.Title).With("type", content.Type).With("test", content.IsTest).With("submitter", content.Submitter)
            .With("issued", content.IssuedMicroseconds).With("event", content.EventMicroseconds)
            .With("ra", content.Place?.RightAscension).With("dec", content.Place?.Declination).With("error", content.Place?.ErrorDegrees)
            .With("containment", content.Place?.Containment).With("ivorn", content.Ivorn)
            .With("stream", message.Stream).With("topic", message.Topic).With("partition", message.Partition).With("offset", message.Offset)
            .With("time", message.TimeMicroseconds).With("body", content.Body).ExecuteAsync();
    }

    private static Task<int> UpdateAsync(DbTransactionContext context, long id, int number, NewSkyEventVersion version, bool isLatest)
    {
        var (content, time) = (version.Content, version.Message.TimeMicroseconds);
        var sql = isLatest
            ? context.Sql("""
                UPDATE sky_event SET versions = @number, latest = @number, last_us = @time, title = @title, type = @type, test = @test, event_us = coalesce(@event, event_us)
                WHERE id = @id
                """)
                .With("title", content.Title).With("type", content.Type).With("test", content.IsTest)
            : context.Sql("""
                UPDATE sky_event SET versions = @number, first_us = CASE WHEN first_us < @time THEN first_us ELSE @time END, event_us = coalesce(event_us, @event) WHERE id = @id
                """);
        return sql.With("id", id).With("number", number).With("time", time).With("event", content.EventMicroseconds).ExecuteAsync();
    }

    private static async Task AddNamesAsync(DbTransactionContext context, long id, IReadOnlyList<SkyEventName> names)
    {
        var distinct = names.OrderBy(name => name.Rank).DistinctBy(name => name.Normalised).ToList();
        if (distinct.Count == 0)
            return;
        var rows = string.Join(", ", distinct.Select((_, i) => $"(@key{i}, @id, @rank{i}, @name{i})"));
        var sql = context.Sql($"""
            INSERT INTO sky_event_name (normalised, event_id, rank, name) VALUES {rows}
            ON CONFLICT (normalised, event_id) DO UPDATE SET rank = excluded.rank, name = excluded.name WHERE excluded.rank < sky_event_name.rank
            """).With("id", id);
        for (var i = 0; i < distinct.Count; i++)
            sql.With($"key{i}", distinct[i].Normalised).With($"rank{i}", distinct[i].Rank).With($"name{i}", distinct[i].Name);
        await sql.ExecuteAsync();
    }

    /// <summary>Takes over the version's position, if it has one and no later version had.</summary>
    private static async Task PlaceAsync(DbTransactionContext context, long id, NewSkyEventVersion version)
    {
        if (version.Content.Place is not { } place)
            return;
        var rightAscension = ConeSearch.NormaliseRightAscension(place.RightAscension);
        var moved = await context.Sql("""
            UPDATE sky_event SET ra = @ra, dec = @dec, error_deg = @error, position_us = @time WHERE id = @id AND (position_us IS NULL OR position_us <= @time)
            """)
            .With("ra", rightAscension).With("dec", place.Declination).With("error", place.ErrorDegrees).With("time", version.Message.TimeMicroseconds).With("id", id)
            .ExecuteAsync();
        if (moved == 0)
            return;
        await context.Sql("DELETE FROM sky_event_position WHERE event_id = @id").With("id", id).ExecuteAsync();
        if (place.ErrorDegrees is > WidestLink)
            return;
        await context.Sql("INSERT INTO sky_event_position (zone, ra, event_id, dec, radius_deg) VALUES (@zone, @ra, @id, @dec, @radius)")
            .With("zone", ConeSearch.Zone(place.Declination)).With("ra", rightAscension).With("id", id).With("dec", place.Declination)
            .With("radius", Math.Max(place.ErrorDegrees ?? 0, NarrowestLink)).ExecuteAsync();
    }

    private static void Check(NewSkyEventVersion version)
    {
        StorableText.Check("event's id", version.Key, MaxNameLength);
        foreach (var name in version.Names)
            StorableText.Check("event's name", name.Name, MaxNameLength);
        StorableText.Check("event's title", version.Content.Title, MaxTextLength);
        StorableText.Check("event's text", version.Content.Body, MaxTextLength);
        StorableText.Check("event's submitter", version.Content.Submitter, MaxTextLength);
        StorableText.Check("event's version", version.Content.Stated, MaxNameLength);
        StorableText.Check("event's source", version.Content.Source, MaxNameLength);
        StorableText.Check("event's ivorn", version.Content.Ivorn, MaxNameLength);
        foreach (var cited in version.Cites)
            StorableText.Check("cited ivorn", cited, MaxTextLength);
    }
}
