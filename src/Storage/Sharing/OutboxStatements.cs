using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing;

/// <summary>What changes the outbox, each within a transaction of the writer.</summary>
internal static class OutboxStatements
{
    /// <summary>Items a statement: bounds its parameters.</summary>
    private const int ChunkSize = 500;

    public static async Task<long> QueueAsync(DbTransactionContext context, NewShare share)
    {
        var id = await context.Sql("""
            INSERT INTO share (destination, topic, target_id, target_name, title, request, state, points, spectra, files, built, created_by, created_us, due_us, trace)
            VALUES (@destination, @topic, @target, @name, @title, @request, 0, @points, @spectra, @files, false, @by, @created, @created, @trace) RETURNING id
            """)
            .With("destination", share.Destination).With("topic", share.Topic).With("target", share.TargetId).With("name", share.TargetName)
            .With("title", share.Title).With("request", share.RequestJson).With("points", share.Points.Count).With("spectra", share.Spectra.Count).With("files", share.Files)
            .With("by", share.CreatedBy).With("created", share.CreatedMicroseconds).With("trace", share.Trace).FirstAsync(r => r.GetInt64(0));
        var ordinal = 0;
        foreach (var chunk in share.Points.Concat(share.Spectra).Chunk(ChunkSize))
        {
            var values = string.Join(", ", chunk.Select((_, i) => $"(@share, @o{i}, @t{i}, @i{i}, @c{i})"));
            var insert = context.Sql($"INSERT INTO outbox_item (share_id, ordinal, target_id, identity, content) VALUES {values}").With("share", id);
            for (var i = 0; i < chunk.Length; i++)
                insert.With($"o{i}", ordinal++).With($"t{i}", chunk[i].TargetId).With($"i{i}", chunk[i].Identity).With($"c{i}", chunk[i].Content);
            await insert.ExecuteAsync();
        }

        return id;
    }

    /// <summary>The share without the points that were passed on; null where it had some, and none is left. The targets are locked, so that nobody queues the same at the same time.</summary>
    public static async Task<NewShare?> WithoutPassedOnAsync(DbTransactionContext context, NewShare share)
    {
        var passedOn = new HashSet<PointKey>();
        foreach (var ofTarget in share.Points.Concat(share.Spectra).GroupBy(point => point.TargetId).OrderBy(group => group.Key))
        {
            await context.Sql($"SELECT t.id FROM target t WHERE t.id = @id {context.Dialect.ForUpdate("t")}").With("id", ofTarget.Key).AnyAsync();
            passedOn.UnionWith((await OutboxReader.PassedOnAsync(context.Sql, context.Dialect, share.Destination, share.Topic, ofTarget.Key, ofTarget)).Keys);
        }

        if (passedOn.Count == 0)
            return share;
        var left = share with { Points = [.. share.Points.Where(point => !passedOn.Contains(point))], Spectra = [.. share.Spectra.Where(point => !passedOn.Contains(point))] };
        return left.Points.Count + left.Spectra.Count > 0 ? left : null;
    }

    /// <summary>What a new share is sent as, known from the start.</summary>
    public static async Task InsertBuiltAsync(DbTransactionContext context, long share, NewSubmission submission, long due)
    {
        await context.Sql("UPDATE share SET built = true WHERE id = @id").With("id", share).ExecuteAsync();
        await InsertAsync(context, share, submission, due);
    }

    /// <summary>Takes a lease that is free, has run out, or is the owner's own.</summary>
    public static Task<bool> LeaseAsync(DbTransactionContext context, string destination, string owner, long now, long until) => context.Sql("""
        INSERT INTO outbox_lease (destination, owner, until_us) VALUES (@destination, @owner, @until)
        ON CONFLICT (destination) DO UPDATE SET owner = excluded.owner, until_us = excluded.until_us
        WHERE outbox_lease.owner = excluded.owner OR outbox_lease.until_us <= @now
        RETURNING owner
        """)
        .With("destination", destination).With("owner", owner).With("until", until).With("now", now).AnyAsync();

    public static async Task<bool> BuildAsync(DbTransactionContext context, long shareId, string owner, long leaseUntil, IReadOnlyList<NewSubmission> submissions)
    {
        if (!await HoldsLeaseAsync(context, "s.id = @id", sql => sql.With("id", shareId), owner))
            return false;
        var built = await context.Sql("UPDATE share SET built = true, due_us = created_us WHERE id = @id AND NOT built AND state = 0 RETURNING created_us, destination")
            .With("id", shareId).ListAsync(r => (Due: r.GetInt64(0), Destination: r.GetString(1)));
        if (built.Count == 0)
            return false;
        foreach (var submission in submissions)
        {
            await InsertAsync(context, shareId, submission, built[0].Due);
            foreach (var chunk in submission.Points.Chunk(ChunkSize))
            {
                var keys = string.Join(", ", chunk.Select((_, i) => $"(@t{i}, @i{i}, @c{i})"));
                var assign = context.Sql($"""
                    UPDATE outbox_item SET submission_key = @key
                    WHERE share_id = @share AND (target_id, identity, content) IN (VALUES {keys})
                    """)
                    .With("key", submission.Key).With("share", shareId);
                for (var i = 0; i < chunk.Length; i++)
                    assign.With($"t{i}", chunk[i].TargetId).With($"i{i}", chunk[i].Identity).With($"c{i}", chunk[i].Content);
                await assign.ExecuteAsync();
            }
        }

        await context.Sql("UPDATE outbox_lease SET until_us = @until WHERE destination = @destination")
            .With("until", leaseUntil).With("destination", built[0].Destination).ExecuteAsync();
        return true;
    }

    public static async Task<bool> SettleUnbuiltAsync(DbTransactionContext context, long shareId, string owner, int state, string error, long? due) =>
        await HoldsLeaseAsync(context, "s.id = @id", sql => sql.With("id", shareId), owner)
        && await context.Sql("UPDATE share SET state = @state, last_error = @error, due_us = @due WHERE id = @id AND NOT built AND state = 0")
            .With("state", state).With("error", error).With("due", due).With("id", shareId).ExecuteAsync() > 0;

    public static async Task<bool> MarkSentAsync(DbTransactionContext context, Guid key, string owner, long at)
    {
        if (!await HoldsLeaseOfAsync(context, key, owner))
            return false;
        var (share, ordinal) = await context.Sql("UPDATE submission SET state = 1, attempts = attempts + 1, sent_us = @at WHERE key = @key AND state < 2 RETURNING share_id, attempts")
            .With("at", at).With("key", key).FirstAsync(r => (r.GetInt64(0), r.GetInt32(1)));
        if (share == 0)
            return false;
        await context.Sql("UPDATE share SET state = 1 WHERE id = @id").With("id", share).ExecuteAsync();
        await context.Sql("INSERT INTO submission_attempt (submission_key, ordinal, started_us) VALUES (@key, @ordinal, @at)")
            .With("key", key).With("ordinal", ordinal).With("at", at).ExecuteAsync();
        await AttemptStatements.BoundAsync(context, key, ordinal);
        return true;
    }

    public static async Task<bool> CompleteAsync(DbTransactionContext context, SubmissionOutcome outcome)
    {
        if (!await HoldsLeaseOfAsync(context, outcome.Key, outcome.Owner))
            return false;
        if (outcome.Answer is not null)
            await EndAttemptAsync(context, outcome);
        if (outcome.Pace is { } pace)
            await StandingStatements.PaceAsync(context, outcome.Key, pace);
        var share = await context.Sql("""
            UPDATE submission SET state = @state, receipt = coalesce(@receipt, receipt), last_error = coalesce(@error, last_error), due_us = coalesce(@due, due_us)
            WHERE key = @key AND state < 2 RETURNING share_id
            """)
            .With("state", outcome.State).With("receipt", outcome.Receipt).With("error", outcome.Error).With("due", outcome.NextDueMicroseconds)
            .With("key", outcome.Key).FirstAsync(r => r.GetInt64(0));
        if (share == 0)
            return false;
        await FollowPartsAsync(context, share, outcome.Error);
        return true;
    }

    private static Task<int> EndAttemptAsync(DbTransactionContext context, SubmissionOutcome outcome) => context.Sql("""
        UPDATE submission_attempt SET ended_us = @at, outcome = @state, answer = @answer
        WHERE submission_key = @key AND ended_us IS NULL AND ordinal = (SELECT attempts FROM submission WHERE key = @key)
        """)
        .With("at", outcome.AtMicroseconds).With("state", outcome.State).With("answer", AttemptStatements.Shortened(outcome.Answer)).With("key", outcome.Key).ExecuteAsync();

    /// <summary>A delivery proved otherwise than by the answer: whatever the part's state was, and whoever holds the lease.</summary>
    public static async Task<bool> ConfirmAsync(DbTransactionContext context, Guid key, string receipt)
    {
        // Locked as in the end of a try: two that end parts of one share must see each other's.
        await context.Sql($"""
            SELECT l.owner FROM outbox_lease l JOIN share s ON s.destination = l.destination
            WHERE s.id = (SELECT b.share_id FROM submission b WHERE b.key = @key) {context.Dialect.ForUpdate("l")}
            """).With("key", key).AnyAsync();
        var share = await context.Sql("UPDATE submission SET state = 2, receipt = @receipt WHERE key = @key AND state <> 2 RETURNING share_id")
            .With("receipt", receipt).With("key", key).FirstAsync(r => r.GetInt64(0));
        if (share == 0)
            return false;
        await FollowPartsAsync(context, share, error: null);
        return true;
    }

    public static Task<int> ReleaseAsync(DbTransactionContext context, string destination, string owner) =>
        context.Sql("DELETE FROM outbox_lease WHERE destination = @destination AND owner = @owner").With("destination", destination).With("owner", owner).ExecuteAsync();

    /// <summary>State and due time of a share follow from its parts.</summary>
    public static async Task FollowPartsAsync(DbTransactionContext context, long share, string? error)
    {
        var parts = await context.Sql("SELECT state, due_us FROM submission WHERE share_id = @share").With("share", share)
            .ListAsync(r => (State: r.GetInt32(0), Due: r.GetInt64(1)));
        await context.Sql("UPDATE share SET state = @state, due_us = @due, last_error = coalesce(@error, last_error) WHERE id = @share")
            .With("state", ShareStates.OfParts(parts.Select(part => part.State).ToArray()))
            .With("due", parts.Where(part => ShareStates.IsOpen(part.State)).Min(part => (long?)part.Due))
            .With("error", error).With("share", share).ExecuteAsync();
    }

    private static Task<int> InsertAsync(DbTransactionContext context, long share, NewSubmission submission, long due) => context.Sql("""
        INSERT INTO submission (key, share_id, part, state, attempts, due_us, body) VALUES (@key, @share, @part, 0, 0, @due, @body)
        """)
        .With("key", submission.Key).With("share", share).With("part", submission.Part).With("due", due).With("body", submission.Body).ExecuteAsync();

    private static Task<bool> HoldsLeaseOfAsync(DbTransactionContext context, Guid key, string owner) =>
        HoldsLeaseAsync(context, "s.id = (SELECT b.share_id FROM submission b WHERE b.key = @key)", sql => sql.With("key", key), owner);

    /// <summary>
    /// Whether the lease is the owner's, also when it has run out and nobody took it since. The row stays locked, so that nobody takes it before this commits: else two
    /// could begin to send the same submission.
    /// </summary>
    private static Task<bool> HoldsLeaseAsync(DbTransactionContext context, string share, Func<Sql, Sql> bind, string owner) => bind(context.Sql($"""
        SELECT l.owner FROM outbox_lease l JOIN share s ON s.destination = l.destination
        WHERE {share} AND l.owner = @owner {context.Dialect.ForUpdate("l")}
        """)).With("owner", owner).AnyAsync();
}
