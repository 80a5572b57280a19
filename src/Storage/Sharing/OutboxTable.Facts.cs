namespace TomOrleans.Storage.Sharing;

public sealed partial class OutboxTable
{
    /// <summary>
    /// Notes that a submission was delivered, proved by something else than the answer to it: whatever its state is, and without a lease. False when that is known already, or the
    /// key is not.
    /// </summary>
    public Task<bool> ConfirmAsync(Guid submissionKey, string receipt) => writer.RunAsync(context => OutboxStatements.ConfirmAsync(context, submissionKey, receipt));

    /// <summary>Gives the destination's lease back before it runs out. Nothing happens when it is another owner's.</summary>
    public Task ReleaseAsync(string destination, string owner) => writer.RunAsync(context => OutboxStatements.ReleaseAsync(context, destination, owner));

    /// <summary>
    /// Takes out tries that began before a time, of submissions that have ended and wait for nobody; what they were sent as, and what came of them, stays. Some hundred at once: true while there may be more.
    /// Safe to repeat.
    /// </summary>
    public async Task<bool> RemoveAttemptsAsync(long startedBeforeMicroseconds) =>
        await writer.RunAsync(context => AttemptStatements.RemoveAsync(context, startedBeforeMicroseconds)) == AttemptStatements.Piece;

    /// <summary>Points of a target that wait for this destination (and topic, where it has topics), or are being sent.</summary>
    public Task<IReadOnlyList<PointKey>> PointsOnTheirWayAsync(string destination, string? topic, long targetId, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.PointsOnTheirWayAsync(reader.Sql, destination, topic, targetId), cancellation);

    /// <summary>Of each destination the share that it is at, or will be next; destinations without open shares are absent.</summary>
    public Task<IReadOnlyList<ShareRow>> OldestOpenAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(reader => _reader.OldestOpenAsync(reader.Sql), cancellation);
}
