using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Sharing.Audit;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing;

/// <summary>How destinations stand, within a transaction of the writer.</summary>
internal static class StandingStatements
{
    /// <summary>Notes failures of the destination that a submission goes to, or that they are over.</summary>
    public static async Task PaceAsync(DbTransactionContext context, Guid submissionKey, DestinationPace pace)
    {
        var destination = await context.Sql("SELECT h.destination FROM share h JOIN submission b ON b.share_id = h.id WHERE b.key = @key")
            .With("key", submissionKey).FirstAsync(r => r.GetString(0));
        await PaceAsync(context, destination!, pace);
    }

    public static Task<int> PaceAsync(DbTransactionContext context, string destination, DestinationPace pace) => context.Sql("""
        INSERT INTO destination_standing (destination, failures, until_us, reason) VALUES (@destination, @failures, @until, @reason)
        ON CONFLICT (destination) DO UPDATE SET failures = excluded.failures, until_us = excluded.until_us, reason = excluded.reason
        """)
        .With("destination", destination).With("failures", pace.Failures).With("until", pace.UntilMicroseconds).With("reason", pace.Reason).ExecuteAsync();

    /// <summary>An order to send nothing, or its end, which forgets the failures too.</summary>
    public static async Task<int> OrderAsync(DbTransactionContext context, string destination, OrderedBy by, bool isPause)
    {
        await AuditTable.NoteAsync(context, isPause ? OrderKinds.Pause : OrderKinds.Resume, by, destination);
        return await context.Sql($"""
            INSERT INTO destination_standing (destination, failures, until_us, paused_by, paused_us) VALUES (@destination, 0, 0, @by, @at)
            ON CONFLICT (destination) DO UPDATE SET paused_by = excluded.paused_by, paused_us = excluded.paused_us{(isPause ? "" : ", failures = 0, until_us = 0, reason = NULL")}
            """)
            .With("destination", destination).With("by", isPause ? by.Who : null).With("at", isPause ? by.AtMicroseconds : null).ExecuteAsync();
    }

    /// <summary>The name from now on. The former ones stay known.</summary>
    public static async Task<int> SenderAsync(DbTransactionContext context, string destination, string sender)
    {
        await context.Sql("""
            INSERT INTO destination_sender (destination, sender)
            SELECT destination, sender FROM destination_standing WHERE destination = @destination AND sender IS NOT NULL ON CONFLICT DO NOTHING
            """).With("destination", destination).ExecuteAsync();
        await context.Sql("INSERT INTO destination_sender (destination, sender) VALUES (@destination, @sender) ON CONFLICT DO NOTHING")
            .With("destination", destination).With("sender", sender).ExecuteAsync();
        return await context.Sql("""
            INSERT INTO destination_standing (destination, failures, until_us, sender) VALUES (@destination, 0, 0, @sender)
            ON CONFLICT (destination) DO UPDATE SET sender = excluded.sender
            """)
            .With("destination", destination).With("sender", sender).ExecuteAsync();
    }

    public static async Task<IReadOnlyList<string>> SendersAsync(Func<string, Sql> sql, string destination) => await sql("""
        SELECT sender FROM destination_sender WHERE destination = @destination
        UNION SELECT sender FROM destination_standing WHERE destination = @destination AND sender IS NOT NULL
        """).With("destination", destination).ListAsync(r => r.GetString(0));

    public static async Task<IReadOnlyList<DestinationStanding>> ReadAsync(Func<string, Sql> sql) =>
        await sql("SELECT destination, failures, until_us, reason, paused_by, paused_us, sender FROM destination_standing ORDER BY destination")
            .ListAsync(r => new DestinationStanding(r.GetString(0), new(r.GetInt32(1), r.GetInt64(2), r.Text(3)), r.Text(4), r.Long(5), r.Text(6)));
}
