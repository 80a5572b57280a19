using System.Diagnostics;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing;

/// <summary>
/// Shares on their way and their history. What is queued is durable. One owner at a time sends to a destination: <see cref="ClaimNextAsync"/> takes a lease of it, and what
/// an owner does after another has taken the lease has no effect (false).
/// </summary>
public sealed partial class OutboxTable(TomDatabase database, GroupCommitWriter writer)
{
    private readonly OutboxReader _reader = new(database);

    /// <summary>Queues a share with its points. Each call makes a share of its own.</summary>
    public async Task<long> QueueAsync(NewShare share)
    {
        StorableText.Check("title", share.Title, 10_000);
        StorableText.Check("topic", share.Topic, 1000);
        var traced = share with { Trace = share.Trace ?? Activity.Current?.Id };
        return await writer.RunAsync(context => OutboxStatements.QueueAsync(context, traced));
    }

    /// <summary>
    /// Queues a share with those of its points that the destination (and topic) neither has from us, nor may have, nor will have: what another share took since they were chosen stays with that one.
    /// Null, and nothing is queued, where that was all.
    /// </summary>
    public async Task<long?> QueueNewAsync(NewShare share)
    {
        StorableText.Check("title", share.Title, 10_000);
        StorableText.Check("topic", share.Topic, 1000);
        var traced = share with { Trace = share.Trace ?? Activity.Current?.Id };
        return await writer.RunAsync(async context => await OutboxStatements.WithoutPassedOnAsync(context, traced) is { } left ? await OutboxStatements.QueueAsync(context, left) : (long?)null);
    }

    /// <summary>
    /// Takes or prolongs the lease of the destination and answers what is due next, in the order of queueing. Null when nothing is due, or when another owner's lease
    /// has not run out. A submission in state sending was begun by somebody who never told the outcome: it is ambiguous.
    /// </summary>
    public Task<OutboxClaim?> ClaimNextAsync(string destination, string owner, long nowMicroseconds, long leaseUntilMicroseconds) =>
        writer.RunAsync(async context => await OutboxStatements.LeaseAsync(context, destination, owner, nowMicroseconds, leaseUntilMicroseconds)
            ? await _reader.NextAsync(context.Sql, destination, nowMicroseconds)
            : null);

    /// <summary>
    /// Stores what a share is sent as. Points that are in no submission are left out of the share for good. With <paramref name="sentMicroseconds"/> it is noted in the same transaction that a try of
    /// the first one begins, as by <see cref="MarkSentAsync"/>. False, and nothing changed, when the lease is lost or the share is built already.
    /// </summary>
    public async Task<bool> BuildAsync(long shareId, string owner, long leaseUntilMicroseconds, IReadOnlyList<NewSubmission> submissions, long? sentMicroseconds = null)
    {
        if (submissions.Count == 0)
            throw new ArgumentException("A share without submissions is settled, not built.", nameof(submissions));
        return await writer.RunAsync(async context =>
            await OutboxStatements.BuildAsync(context, shareId, owner, leaseUntilMicroseconds, submissions)
            && (sentMicroseconds is not { } at || await OutboxStatements.MarkSentAsync(context, submissions[0].Key, owner, at)));
    }

    /// <summary>
    /// Ends a try to build a share: rejected for good, or, with state queued, to be built again when it is due. False when the lease is lost or the share is built.
    /// </summary>
    public Task<bool> SettleUnbuiltAsync(long shareId, string owner, int state, string error, long? nextDueMicroseconds) =>
        writer.RunAsync(context => OutboxStatements.SettleUnbuiltAsync(context, shareId, owner, state, error, nextDueMicroseconds));

    /// <summary>Notes, before the first byte is sent, that a try begins. False when the lease is lost or the submission has ended: then it must not be sent.</summary>
    public Task<bool> MarkSentAsync(Guid key, string owner, long atMicroseconds) =>
        writer.RunAsync(context => OutboxStatements.MarkSentAsync(context, key, owner, atMicroseconds));

    /// <summary>Notes the end of a try, and what follows from it for the share. False when the lease is lost or the submission has ended before.</summary>
    public Task<bool> CompleteAsync(SubmissionOutcome outcome) => writer.RunAsync(context => OutboxStatements.CompleteAsync(context, outcome));

    /// <summary>
    /// <see cref="CompleteAsync"/> and <see cref="ClaimNextAsync"/> of the same destination in one transaction: what a sender does after each try. Nothing is claimed where the outcome is not noted.
    /// </summary>
    public Task<(bool IsNoted, OutboxClaim? Next)> CompleteAndClaimAsync(SubmissionOutcome outcome, string destination, long leaseUntilMicroseconds) => writer.RunAsync(async context =>
        await OutboxStatements.CompleteAsync(context, outcome)
            ? (true, await OutboxStatements.LeaseAsync(context, destination, outcome.Owner, outcome.AtMicroseconds, leaseUntilMicroseconds)
                ? await _reader.NextAsync(context.Sql, destination, outcome.AtMicroseconds)
                : null)
            : (false, (OutboxClaim?)null));

    /// <summary>Newest first.</summary>
    public Task<(long Total, IReadOnlyList<ShareRow> Rows)> ListAsync(ShareListQuery query, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => _reader.ListAsync(reader.Sql, query), cancellation);

    /// <summary>Null for an unknown id.</summary>
    public Task<ShareRow?> GetAsync(long id, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => _reader.GetAsync(reader.Sql, id), cancellation);

    /// <summary>The submission with this key, in whatever state; null for an unknown one.</summary>
    public Task<ClaimedSubmission?> FindByKeyAsync(Guid submissionKey, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => _reader.SubmissionAsync(reader.Sql, submissionKey), cancellation);

    /// <summary>Shares by state; destinations without shares are absent.</summary>
    public Task<IReadOnlyList<DestinationCounts>> CountsAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.CountsAsync(reader.Sql), cancellation);

    /// <summary>Destinations with something due: whose sender must be woken.</summary>
    public Task<IReadOnlyList<string>> DueDestinationsAsync(long nowMicroseconds, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.DueDestinationsAsync(reader.Sql, nowMicroseconds), cancellation);

    /// <summary>Points of a target of which nobody can say whether this destination (and topic, where it has topics) has them, with the last share that they are in.</summary>
    public Task<IReadOnlyDictionary<PointKey, long>> UnconfirmedPointsAsync(string destination, string? topic, long targetId, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.UnconfirmedPointsAsync(reader.Sql, destination, topic, targetId), cancellation);

    /// <summary>Points of a target that a destination (and topic, where it has topics) has acknowledged.</summary>
    public Task<IReadOnlyList<PointKey>> SharedPointsAsync(string destination, string? topic, long targetId, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.SharedPointsAsync(reader.Sql, destination, topic, targetId), cancellation);
}
