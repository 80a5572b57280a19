using System.Data.Common;
using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.Sharing;

/// <summary>Reads shares and submissions, on whichever connection the statement belongs to.</summary>
internal sealed class OutboxReader(TomDatabase database)
{
    private const string ShareColumns =
        "id, destination, topic, target_id, target_name, title, request, state, points, created_by, created_us, due_us, last_error, continuous_id, spectra, files, trace";

    private const string SubmissionColumns = "key, share_id, part, state, attempts, due_us, sent_us, receipt, last_error, retracted_us";

    /// <summary>The first thing due, in the order of queueing.</summary>
    public async Task<OutboxClaim?> NextAsync(Func<string, Sql> sql, string destination, long now)
    {
        // With any other index all that is queued is sorted for each claim.
        var next = await sql($"""
            SELECT h.id, h.built, b.key FROM share h {database.Dialect.By("share_open")}
            LEFT JOIN submission b ON b.share_id = h.id AND b.state < 2 AND b.due_us <= @now
            WHERE h.destination = @destination AND h.state < 2 AND (b.key IS NOT NULL OR (NOT h.built AND h.due_us <= @now))
            ORDER BY h.id, b.part LIMIT 1
            """)
            .With("destination", destination).With("now", now)
            .ListAsync(r => (Share: r.GetInt64(0), Built: r.GetBoolean(1), Key: r.IsDBNull(2) ? default : database.Dialect.ReadGuid(r, 2)));
        if (next.Count == 0)
            return null;
        if (next[0].Built)
            return new(null, [], await SubmissionAsync(sql, next[0].Key));
        var points = await sql("SELECT target_id, identity, content FROM outbox_item WHERE share_id = @share ORDER BY ordinal")
            .With("share", next[0].Share).ListAsync(ReadPoint);
        return new(await GetAsync(sql, next[0].Share), points, null);
    }

    public async Task<ClaimedSubmission?> SubmissionAsync(Func<string, Sql> sql, Guid key)
    {
        var found = await sql($"SELECT {SubmissionColumns}, body FROM submission WHERE key = @key")
            .With("key", key).ListAsync(r => (Row: ReadSubmission(r), Body: r.GetFieldValue<byte[]>(10)));
        return found.Count == 0 ? null : new(found[0].Row, (await GetAsync(sql, found[0].Row.ShareId))!, found[0].Body);
    }

    public async Task<ShareRow?> GetAsync(Func<string, Sql> sql, long id)
    {
        var rows = await sql($"SELECT {ShareColumns} FROM share WHERE id = @id").With("id", id).ListAsync(ReadShare);
        return rows.Count == 0 ? null : (await WithSubmissionsAsync(sql, rows))[0];
    }

    public async Task<(long, IReadOnlyList<ShareRow>)> ListAsync(Func<string, Sql> sql, ShareListQuery query)
    {
        var where = "FROM share WHERE true" + (query.Destination is null ? "" : " AND destination = @destination") + (query.State is null ? "" : " AND state = @state");
        Sql Bind(Sql statement)
        {
            if (query.Destination is not null)
                statement.With("destination", query.Destination);
            return query.State is null ? statement : statement.With("state", query.State);
        }

        var total = await Bind(sql($"SELECT count(*) {where}")).FirstAsync(r => r.GetInt64(0));
        var rows = await Bind(sql($"SELECT {ShareColumns} {where} ORDER BY id DESC LIMIT @limit OFFSET @offset"))
            .With("limit", query.Limit).With("offset", query.Offset).ListAsync(ReadShare);
        return (total, await WithSubmissionsAsync(sql, rows));
    }

    public static async Task<IReadOnlyList<DestinationCounts>> CountsAsync(Func<string, Sql> sql) => await sql("""
        SELECT destination, count(CASE WHEN state < 2 THEN 1 END), count(CASE WHEN state = 2 THEN 1 END), count(CASE WHEN state = 3 THEN 1 END),
               count(CASE WHEN state = 4 THEN 1 END)
        FROM share GROUP BY destination ORDER BY destination
        """).ListAsync(r => new DestinationCounts(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)));

    public static async Task<IReadOnlyList<string>> DueDestinationsAsync(Func<string, Sql> sql, long now) =>
        await sql("SELECT DISTINCT destination FROM share WHERE state < 2 AND due_us <= @now ORDER BY destination").With("now", now).ListAsync(r => r.GetString(0));

    public static async Task<IReadOnlyList<PointKey>> SharedPointsAsync(Func<string, Sql> sql, string destination, string? topic, long targetId)
    {
        var onTopic = topic is null ? "h.topic IS NULL" : "h.topic = @topic";
        var statement = sql($"""
            SELECT DISTINCT i.target_id, i.identity, i.content
            FROM outbox_item i
            JOIN share h ON h.id = i.share_id
            JOIN submission b ON b.key = i.submission_key AND b.state = 2 AND b.retracted_us IS NULL
            WHERE i.target_id = @target AND h.destination = @destination AND {onTopic}
            """)
            .With("target", targetId).With("destination", destination);
        return await (topic is null ? statement : statement.With("topic", topic)).ListAsync(ReadPoint);
    }

    public static async Task<IReadOnlyList<PointKey>> PointsOnTheirWayAsync(Func<string, Sql> sql, string destination, string? topic, long targetId)
    {
        var onTopic = topic is null ? "h.topic IS NULL" : "h.topic = @topic";
        var statement = sql($"""
            SELECT DISTINCT i.target_id, i.identity, i.content
            FROM outbox_item i
            JOIN share h ON h.id = i.share_id
            LEFT JOIN submission b ON b.key = i.submission_key
            WHERE i.target_id = @target AND h.destination = @destination AND {onTopic} AND h.state < 2 AND (NOT h.built OR b.state < 2)
            """)
            .With("target", targetId).With("destination", destination);
        return await (topic is null ? statement : statement.With("topic", topic)).ListAsync(ReadPoint);
    }

    /// <summary>Points of which nobody can say whether they arrived, with the last share that they are in.</summary>
    public static async Task<IReadOnlyDictionary<PointKey, long>> UnconfirmedPointsAsync(Func<string, Sql> sql, string destination, string? topic, long targetId)
    {
        var onTopic = topic is null ? "h.topic IS NULL" : "h.topic = @topic";
        var statement = sql($"""
            SELECT i.target_id, i.identity, i.content, max(h.id)
            FROM outbox_item i
            JOIN share h ON h.id = i.share_id
            JOIN submission b ON b.key = i.submission_key AND b.state = 4 AND b.retracted_us IS NULL
            WHERE i.target_id = @target AND h.destination = @destination AND {onTopic}
            GROUP BY i.target_id, i.identity, i.content
            """)
            .With("target", targetId).With("destination", destination);
        return new Dictionary<PointKey, long>(await (topic is null ? statement : statement.With("topic", topic)).ListAsync(r => KeyValuePair.Create(ReadPoint(r), r.GetInt64(3))));
    }

    /// <summary>Which of these points of one target the destination (and topic) has from us (true), or may have, or will have (false). The others are absent.</summary>
    public static async Task<IReadOnlyDictionary<PointKey, bool>> PassedOnAsync(
        Func<string, Sql> sql, Dialect dialect, string destination, string? topic, long targetId, IEnumerable<PointKey> points)
    {
        var onTopic = topic is null ? "h.topic IS NULL" : "h.topic = @topic";
        var statement = sql($"""
            SELECT i.target_id, i.identity, i.content, max(CASE WHEN b.state = 2 THEN 1 ELSE 0 END)
            FROM outbox_item i
            JOIN share h ON h.id = i.share_id
            LEFT JOIN submission b ON b.key = i.submission_key
            WHERE i.target_id = @target AND {dialect.In("i.identity", "@identities")} AND h.destination = @destination AND {onTopic}
              AND ((b.state IN (2, 4) AND b.retracted_us IS NULL) OR (h.state < 2 AND (NOT h.built OR b.state < 2)))
            GROUP BY i.target_id, i.identity, i.content
            """)
            .With("target", targetId).With("identities", points.Select(point => point.Identity).Distinct().ToArray()).With("destination", destination);
        return new Dictionary<PointKey, bool>(await (topic is null ? statement : statement.With("topic", topic)).ListAsync(r => KeyValuePair.Create(ReadPoint(r), r.GetInt32(3) == 1)));
    }

    public async Task<IReadOnlyList<AttemptRow>> AttemptsAsync(Func<string, Sql> sql, long share) => await sql("""
        SELECT a.submission_key, a.started_us, a.ended_us, a.outcome, a.answer
        FROM submission_attempt a JOIN submission b ON b.key = a.submission_key
        WHERE b.share_id = @share ORDER BY b.part, a.ordinal
        """)
        .With("share", share)
        .ListAsync(r => new AttemptRow(database.Dialect.ReadGuid(r, 0), r.GetInt64(1), r.Long(2), r.IsDBNull(3) ? null : r.GetInt32(3), r.Text(4)));

    public static Task<long?> NextDueAsync(Func<string, Sql> sql, string destination) =>
        sql("SELECT min(due_us) FROM share WHERE destination = @destination AND state < 2").With("destination", destination).FirstAsync(r => r.Long(0));

    public static async Task<IReadOnlyList<PointKey>> PointsOfAsync(Func<string, Sql> sql, Guid submission) =>
        await sql("SELECT target_id, identity, content FROM outbox_item WHERE submission_key = @key ORDER BY ordinal").With("key", submission).ListAsync(ReadPoint);

    public async Task<IReadOnlyList<ShareRow>> OldestOpenAsync(Func<string, Sql> sql) => await WithSubmissionsAsync(sql, await sql(
        $"SELECT {ShareColumns} FROM share WHERE id IN (SELECT min(id) FROM share WHERE state < 2 GROUP BY destination) ORDER BY id").ListAsync(ReadShare));

    private async Task<IReadOnlyList<ShareRow>> WithSubmissionsAsync(Func<string, Sql> sql, List<ShareRow> shares)
    {
        if (shares.Count == 0)
            return shares;
        var submissions = await sql($"SELECT {SubmissionColumns} FROM submission WHERE {database.Dialect.In("share_id", "@ids")} ORDER BY share_id, part")
            .With("ids", shares.Select(share => share.Id).ToArray()).ListAsync(ReadSubmission);
        var byShare = submissions.ToLookup(submission => submission.ShareId);
        return shares.Select(share => share with { Submissions = byShare[share.Id].ToArray() }).ToArray();
    }

    private static ShareRow ReadShare(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Destination = r.GetString(1),
        Topic = r.Text(2),
        TargetId = r.GetInt64(3),
        TargetName = r.GetString(4),
        Title = r.GetString(5),
        RequestJson = r.GetString(6),
        State = r.GetInt32(7),
        Points = r.GetInt32(8),
        CreatedBy = r.GetString(9),
        CreatedMicroseconds = r.GetInt64(10),
        DueMicroseconds = r.Long(11),
        LastError = r.Text(12),
        ContinuousId = r.Long(13),
        Spectra = r.GetInt32(14),
        Files = r.GetInt32(15),
        Trace = r.Text(16),
        Submissions = [],
    };

    private SubmissionRow ReadSubmission(DbDataReader r) => new()
    {
        Key = database.Dialect.ReadGuid(r, 0),
        ShareId = r.GetInt64(1),
        Part = r.GetInt32(2),
        State = r.GetInt32(3),
        Attempts = r.GetInt32(4),
        DueMicroseconds = r.GetInt64(5),
        SentMicroseconds = r.Long(6),
        Receipt = r.Text(7),
        LastError = r.Text(8),
        RetractedMicroseconds = r.Long(9),
    };

    private static PointKey ReadPoint(DbDataReader r) => new(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2));
}
