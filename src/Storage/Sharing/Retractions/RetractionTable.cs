using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing.Retractions;

/// <summary>Messages that were withdrawn: what they brought is marked here, and known is where that had been passed on. Each message once.</summary>
public sealed class RetractionTable(TomDatabase database, GroupCommitWriter writer)
{
    /// <summary>A part that has arrived, may have, or is still to: what went to its destination with it stands there.</summary>
    private const string Stands = "b.state IN (0, 1, 2, 4) AND b.retracted_us IS NULL";

    /// <summary>All messages that are noted, and when each was found [us since 1970, UTC].</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> NotedAsync(CancellationToken cancellation = default) => new Dictionary<Guid, long>(await database.ReadAsync(
        reader => reader.Sql("SELECT message_id, found_us FROM retraction").ListAsync(r => KeyValuePair.Create(database.Dialect.ReadGuid(r, 0), r.GetInt64(1)), cancellation), cancellation));

    /// <summary>
    /// Notes that a message was withdrawn: the values and spectra of these targets whose last source it is are marked as retracted, so that the value before them is shown again, and the shares that
    /// passed them on are noted, all in one transaction. Durable when it returns; repeated it changes nothing, and answers null.
    /// </summary>
    public Task<NotedRetraction?> NoteAsync(FoundRetraction found, IReadOnlyCollection<long> targets, long atMicroseconds)
    {
        StorableText.Check("title", found.Title, 10_000);
        return writer.RunAsync(async context =>
        {
            if (await context.Sql("SELECT 1 FROM retraction WHERE message_id = @id").With("id", found.MessageId).AnyAsync())
                return null;
            var (points, spectra) = await MarkAsync(context, found.MessageId, targets);
            await context.Sql("""
                INSERT INTO retraction (message_id, found_us, destination, topic, title, sender, points, spectra) VALUES (@id, @at, @destination, @topic, @title, @sender, @points, @spectra)
                """)
                .With("id", found.MessageId).With("at", atMicroseconds).With("destination", found.Destination).With("topic", found.Topic).With("title", found.Title)
                .With("sender", found.Sender).With("points", points.Count).With("spectra", spectra.Count).ExecuteAsync();
            var shares = await NoteSharesAsync(context, found.MessageId, [.. points, .. spectra]);
            await WithdrawOwnAsync(context, found, atMicroseconds);
            return new NotedRetraction([.. points.Select(key => key.TargetId)], [.. spectra.Select(key => key.TargetId)], shares);
        });
    }

    /// <summary>
    /// Marks what these targets got since of a message that is noted already: who stored it did not know yet that it is withdrawn. Null where there is nothing. Safe to repeat.
    /// </summary>
    public Task<NotedRetraction?> MarkAgainAsync(Guid messageId, IReadOnlyCollection<long> targets) => writer.RunAsync(async context =>
    {
        var (points, spectra) = await MarkAsync(context, messageId, targets);
        if (points.Count + spectra.Count == 0)
            return null;
        await context.Sql("UPDATE retraction SET points = points + @points, spectra = spectra + @spectra WHERE message_id = @id")
            .With("points", points.Count).With("spectra", spectra.Count).With("id", messageId).ExecuteAsync();
        return new NotedRetraction([.. points.Select(key => key.TargetId)], [.. spectra.Select(key => key.TargetId)], await NoteSharesAsync(context, messageId, [.. points, .. spectra]));
    });

    /// <summary>Newest first.</summary>
    public Task<(long Total, IReadOnlyList<RetractionRow> Rows)> ListAsync(int limit, int offset, CancellationToken cancellation = default) => database.ReadAsync(
        async reader =>
        {
            var total = await reader.Sql("SELECT count(*) FROM retraction").FirstAsync(r => r.GetInt64(0), cancellation);
            var rows = await reader.Sql("SELECT message_id, found_us, destination, topic, title, sender, points, spectra FROM retraction ORDER BY found_us DESC, message_id LIMIT @limit OFFSET @offset")
                .With("limit", limit).With("offset", offset)
                .ListAsync(
                    r => new RetractionRow(
                        database.Dialect.ReadGuid(r, 0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Text(5), r.GetInt32(6), r.GetInt32(7), []),
                    cancellation);
            var listed = new List<RetractionRow>(rows.Count);
            foreach (var row in rows)
                listed.Add(row with { Shares = await SharesAsync(reader, row.MessageId, cancellation) });
            return (total, (IReadOnlyList<RetractionRow>)listed);
        },
        cancellation);

    /// <summary>Of each destination how many shares still stand there that hold something withdrawn, and when the last was found [us since 1970, UTC].</summary>
    public Task<IReadOnlyList<(string Destination, long Shares, long LastMicroseconds)>> OpenAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<(string, long, long)>)await reader.Sql($"""
            SELECT s.destination, count(DISTINCT s.id), max(r.found_us)
            FROM retraction_share p JOIN retraction r ON r.message_id = p.message_id JOIN share s ON s.id = p.share_id
            WHERE EXISTS (SELECT 1 FROM submission b WHERE b.share_id = s.id AND {Stands})
            GROUP BY s.destination ORDER BY s.destination
            """)
            .ListAsync(r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2)), cancellation),
        cancellation);

    private static async Task<IReadOnlyList<PassedOnShare>> SharesAsync(TomReader reader, Guid message, CancellationToken cancellation) => await reader.Sql($"""
        SELECT s.id, s.destination, s.topic, EXISTS (SELECT 1 FROM submission b WHERE b.share_id = s.id AND {Stands})
        FROM retraction_share p JOIN share s ON s.id = p.share_id WHERE p.message_id = @id ORDER BY s.id
        """)
        .With("id", message).ListAsync(r => new PassedOnShare(r.GetInt64(0), r.GetString(1), r.Text(2), r.GetBoolean(3)), cancellation);

    private static async Task<(List<PointKey> Points, List<PointKey> Spectra)> MarkAsync(DbTransactionContext context, Guid message, IReadOnlyCollection<long> targets)
    {
        var (points, spectra) = (new List<PointKey>(), new List<PointKey>());
        foreach (var target in targets.Order())
        {
            var marked = await RetractionStatements.MarkAsync(context, target, "message_id = @message", sql => sql.With("message", message));
            points.AddRange(marked.Points);
            spectra.AddRange(marked.Spectra);
        }

        return (points, spectra);
    }

    private static async Task<int> NoteSharesAsync(DbTransactionContext context, Guid message, IReadOnlyList<PointKey> values)
    {
        var shares = 0;
        foreach (var value in values)
        {
            shares += await context.Sql($"""
                INSERT INTO retraction_share (message_id, share_id)
                SELECT DISTINCT @message, i.share_id FROM outbox_item i JOIN submission b ON b.key = i.submission_key
                WHERE i.target_id = @target AND i.identity = @identity AND i.content = @content AND {Stands}
                ON CONFLICT DO NOTHING
                """)
                .With("message", message).With("target", value.TargetId).With("identity", value.Identity).With("content", value.Content).ExecuteAsync();
        }

        return shares;
    }

    /// <summary>A message of ours that somebody withdrew at the destination itself.</summary>
    private static async Task WithdrawOwnAsync(DbTransactionContext context, FoundRetraction found, long at)
    {
        if (found.SubmissionKey is { } key)
        {
            // Hermes' receipt is the id alone; that of a broker says before it where the message is.
            await context.Sql("UPDATE submission SET retracted_us = @at WHERE key = @key AND (receipt = @id OR receipt LIKE @end) AND retracted_us IS NULL")
                .With("at", at).With("key", key).With("id", found.MessageId.ToString("D")).With("end", $"% id {found.MessageId:D}").ExecuteAsync();
        }
    }
}
