using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Replays;

/// <summary>Replays, and who runs them: one process at a time, by a lease that it renews. All writes are durable when they return.</summary>
public sealed class ReplayTable(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns =
        "id, stream, topic, handler, shadow, request, \"plan\", created_by, created_us, state, note, report, ended_us, owner";

    public Task<long> AddAsync(NewReplay replay) => writer.RunAsync(context => AddAsync(context, replay));

    /// <summary>Null for an unknown id.</summary>
    public Task<ReplayRow?> GetAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql($"SELECT {Columns} FROM replay WHERE id = @id").With("id", id).FirstAsync(Read, cancellation), cancellation);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<ReplayRow>> ListAsync(int limit, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<ReplayRow>)await reader
            .Sql($"SELECT {Columns} FROM replay ORDER BY id DESC LIMIT @limit").With("limit", limit).ListAsync(Read, cancellation), cancellation);

    /// <summary>Those that run, or should, and that nobody holds.</summary>
    public Task<IReadOnlyList<long>> FreeAsync(long now, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<long>)await reader
            .Sql("SELECT id FROM replay WHERE state = 0 AND lease_us < @now ORDER BY id").With("now", now).ListAsync(r => r.GetInt64(0), cancellation), cancellation);

    /// <summary>Takes a free one. False where somebody else was quicker.</summary>
    public Task<bool> ClaimAsync(long id, string owner, long now, long until) => writer.RunAsync(async context =>
        await context.Sql("UPDATE replay SET owner = @owner, lease_us = @until, note = NULL WHERE id = @id AND state = 0 AND lease_us < @now")
            .With("id", id).With("owner", owner).With("now", now).With("until", until).ExecuteAsync() > 0);

    /// <summary>Keeps the lease, and says how it stands. False when it is cancelled, or somebody else's: then it is to be left alone.</summary>
    public Task<bool> RenewAsync(long id, string owner, long until, string? note, string? report) => writer.RunAsync(async context =>
        await context.Sql("UPDATE replay SET lease_us = @until, note = @note, report = coalesce(@report, report) WHERE id = @id AND state = 0 AND owner = @owner")
            .With("id", id).With("owner", owner).With("until", until).With("note", note).With("report", report).ExecuteAsync() > 0);

    /// <summary>Ends it. False when it had ended, or is somebody else's.</summary>
    public Task<bool> EndAsync(long id, string owner, int state, string? note, string? report, long now) => writer.RunAsync(async context =>
        await context.Sql("""
            UPDATE replay SET state = @state, note = @note, report = coalesce(@report, report), ended_us = @now, owner = NULL WHERE id = @id AND state = 0 AND owner = @owner
            """)
            .With("id", id).With("owner", owner).With("state", state).With("note", note).With("report", report).With("now", now).ExecuteAsync() > 0);

    /// <summary>Cancels one that runs. False when it has ended.</summary>
    public Task<bool> CancelAsync(long id, long now) => writer.RunAsync(async context =>
        await context.Sql("UPDATE replay SET state = 2, note = NULL, ended_us = @now, owner = NULL WHERE id = @id AND state = 0")
            .With("id", id).With("now", now).ExecuteAsync() > 0);

    internal static Task<long> AddAsync(DbTransactionContext context, NewReplay replay) => context.Sql("""
        INSERT INTO replay (stream, topic, handler, shadow, request, "plan", state, created_by, created_us, lease_us)
        VALUES (@stream, @topic, @handler, @shadow, @request, @plan, 0, @by, @now, 0) RETURNING id
        """)
        .With("stream", replay.Stream).With("topic", replay.Topic).With("handler", replay.Handler).With("shadow", replay.IsShadow)
        .With("request", replay.Request).With("plan", replay.Plan).With("by", replay.CreatedBy).With("now", replay.CreatedMicroseconds)
        .FirstAsync(r => r.GetInt64(0));

    private static ReplayRow Read(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Replay = new(r.GetString(1), r.GetString(2), r.GetString(3), r.GetBoolean(4), r.GetString(5), r.GetString(6), r.GetString(7), r.GetInt64(8)),
        State = r.GetInt32(9),
        Note = r.Text(10),
        Report = r.Text(11),
        EndedMicroseconds = r.Long(12),
        Owner = r.Text(13),
    };
}
