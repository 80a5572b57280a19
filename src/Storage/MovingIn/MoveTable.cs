using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.MovingIn;

/// <summary>How far takeovers of other TOMs are. All writes are durable when they return, and safe to repeat.</summary>
public sealed class MoveTable(TomDatabase database, GroupCommitWriter writer)
{
    private const int LongestSite = 500;

    /// <summary>Goes on with a takeover that has not ended, unless it is to begin anew; begins one otherwise, with no target done.</summary>
    public Task<MoveRow> BeginAsync(string site, bool anew, string by, long now)
    {
        StorableText.Check("address of the site", site, LongestSite);
        return writer.RunAsync(async context =>
        {
            var known = await context.Sql("SELECT started_us, started_by FROM moving_in WHERE site = @site AND ended_us IS NULL").With("site", site)
                .ListAsync(r => new MoveRow(site, r.GetInt64(0), r.GetString(1), null));
            if (!anew && known is [var cut])
                return cut;

            await context.Sql("DELETE FROM moving_in_target WHERE site = @site").With("site", site).ExecuteAsync();
            await context.Sql("""
                INSERT INTO moving_in (site, started_us, started_by) VALUES (@site, @now, @by)
                ON CONFLICT (site) DO UPDATE SET started_us = excluded.started_us, started_by = excluded.started_by, ended_us = NULL
                """).With("site", site).With("now", now).With("by", by).ExecuteAsync();
            return new MoveRow(site, now, by, null);
        });
    }

    /// <summary>Notes that a target of the site is done.</summary>
    /// <param name="site">Which site.</param>
    /// <param name="remoteId">The target's id there.</param>
    /// <param name="outcome">What became of it, as its writer reads it again.</param>
    public async Task EndTargetAsync(string site, long remoteId, string outcome) => await writer.RunAsync(context => context
        .Sql("INSERT INTO moving_in_target (site, remote_id, outcome) VALUES (@site, @id, @outcome) ON CONFLICT (site, remote_id) DO UPDATE SET outcome = excluded.outcome")
        .With("site", site).With("id", remoteId).With("outcome", outcome).ExecuteAsync());

    public async Task EndAsync(string site, long now) => await writer.RunAsync(context => context
        .Sql("UPDATE moving_in SET ended_us = @now WHERE site = @site AND ended_us IS NULL").With("site", site).With("now", now).ExecuteAsync());

    /// <summary>The outcomes of the targets that are done, by their ids there.</summary>
    public Task<IReadOnlyList<string>> OutcomesAsync(string site, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<string>)await reader.Sql("SELECT outcome FROM moving_in_target WHERE site = @site ORDER BY remote_id").With("site", site).ListAsync(r => r.GetString(0), cancellation),
        cancellation);
}
