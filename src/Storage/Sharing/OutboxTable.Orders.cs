using System.Diagnostics;
using TomOrleans.Storage.Sharing.Audit;

namespace TomOrleans.Storage.Sharing;

public sealed partial class OutboxTable
{
    /// <summary>
    /// Takes back what waits of a share: what was never sent, or was certainly not taken. False, and nothing changed, when nothing of it waits; what is being sent, or was sent without a
    /// certain answer, stays.
    /// </summary>
    public Task<bool> CancelAsync(long shareId, OrderedBy by) => writer.RunAsync(context => OrderStatements.CancelAsync(context, shareId, by));

    /// <summary>
    /// Queues what was rejected again. What is unconfirmed is looked for once more; with <paramref name="anyway"/> it is sent again, the same bytes under the same key, on the word of who
    /// orders it. False when nothing of the share is either.
    /// </summary>
    public Task<bool> RetryAsync(long shareId, bool anyway, OrderedBy by) => writer.RunAsync(context => OrderStatements.RetryAsync(context, shareId, anyway, by));

    /// <summary>
    /// Notes that the destination was told that a delivered submission is withdrawn: its points count as not shared from then on, and, with <paramref name="points"/>, the values themselves
    /// are marked as retracted in the same transaction. Answers their targets, one for each value that was not retracted before. Safe to repeat.
    /// </summary>
    public Task<IReadOnlyList<long>> RetractAsync(Guid submissionKey, bool points, OrderedBy by) =>
        writer.RunAsync(context => OrderStatements.RetractAsync(context, submissionKey, points, by));

    /// <summary>All tries of a share's submissions, in order.</summary>
    public Task<IReadOnlyList<AttemptRow>> AttemptsAsync(long shareId, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => _reader.AttemptsAsync(reader.Sql, shareId), cancellation);

    /// <summary>When the first of the destination's open shares is due [us since 1970, UTC]; null when it has none.</summary>
    public Task<long?> NextDueAsync(string destination, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.NextDueAsync(reader.Sql, destination), cancellation);

    /// <summary>The points that a submission carries, in the order in which they were queued.</summary>
    public Task<IReadOnlyList<PointKey>> PointsOfAsync(Guid submissionKey, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => OutboxReader.PointsOfAsync(reader.Sql, submissionKey), cancellation);

    /// <summary>Notes how a destination answers, outside of a try.</summary>
    public Task PaceAsync(string destination, DestinationPace pace) => writer.RunAsync(context => StandingStatements.PaceAsync(context, destination, pace));

    /// <summary>Orders that nothing is sent to a destination. Durable; what waits goes on waiting.</summary>
    public Task PauseAsync(string destination, OrderedBy by) => writer.RunAsync(context => StandingStatements.OrderAsync(context, destination, by, isPause: true));

    /// <summary>Ends such an order, and forgets the destination's failures.</summary>
    public Task ResumeAsync(string destination, OrderedBy by) => writer.RunAsync(context => StandingStatements.OrderAsync(context, destination, by, isPause: false));

    /// <summary>Notes the name under which a destination publishes for our account from now on.</summary>
    public Task KnowSenderAsync(string destination, string sender) => writer.RunAsync(context => StandingStatements.SenderAsync(context, destination, sender));

    /// <summary>All names under which a destination is known to publish, or to have published, for our account; empty while none is known.</summary>
    public Task<IReadOnlyList<string>> SendersAsync(string destination, CancellationToken cancellation = default) =>
        database.ReadAsync(reader => StandingStatements.SendersAsync(reader.Sql, destination), cancellation);

    /// <summary>Destinations that never failed and were never paused may be absent.</summary>
    public Task<IReadOnlyList<DestinationStanding>> StandingsAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(reader => StandingStatements.ReadAsync(reader.Sql), cancellation);

    /// <summary>A destination's standing; one without failures and orders where nothing is noted.</summary>
    public async Task<DestinationStanding> StandingAsync(string destination, CancellationToken cancellation = default) =>
        (await StandingsAsync(cancellation)).FirstOrDefault(standing => standing.Destination == destination) ?? new(destination, default, null, null, null);

    /// <summary>Queues what is sent as it stands: exact bytes of one's own, without points of ours. Each call makes a share of its own.</summary>
    public async Task<long> QueueBuiltAsync(NewShare share, NewSubmission submission)
    {
        StorableText.Check("title", share.Title, 10_000);
        StorableText.Check("topic", share.Topic, 1000);
        var traced = share with { Trace = share.Trace ?? Activity.Current?.Id };
        return await writer.RunAsync(async context =>
        {
            var id = await OutboxStatements.QueueAsync(context, traced);
            await OutboxStatements.InsertBuiltAsync(context, id, submission, share.CreatedMicroseconds);
            return id;
        });
    }
}
