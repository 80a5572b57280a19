using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing.Audit;

/// <summary>
/// Who shared what where, and who ordered what for it. Shares are their own record; all else is written in the transaction that does it, so there is no order without its record and none is
/// ever taken out.
/// </summary>
public sealed class AuditTable(TomDatabase database)
{
    /// <summary>Newest first, with the number of all that fit.</summary>
    public Task<(long Total, IReadOnlyList<AuditRow> Rows)> ListAsync(AuditQuery query, CancellationToken cancellation = default) => database.ReadAsync(
        async reader =>
        {
            var all = Union(query);
            Sql Bind(string text)
            {
                var sql = reader.Sql(text);
                if (query.SinceMicroseconds is not null)
                    sql.With("since", query.SinceMicroseconds);
                if (query.Destination is not null)
                    sql.With("destination", query.Destination);
                return query.TargetId is null ? sql : sql.With("target", query.TargetId).With("names", query.TargetNames.ToArray());
            }

            var total = await Bind($"SELECT count(*) FROM ({all}) a").FirstAsync(r => r.GetInt64(0), cancellation);
            var rows = await Bind($"SELECT * FROM ({all}) a ORDER BY a.at_us DESC, a.part, a.id DESC LIMIT @limit OFFSET @offset")
                .With("limit", query.Limit).With("offset", query.Offset)
                .ListAsync(
                    r => new AuditRow(
                        r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetString(5), r.Text(6), r.Long(7), r.GetString(8), r.GetInt32(9), r.GetInt32(10), r.GetString(11),
                        r.IsDBNull(12) ? null : r.GetInt32(12)),
                    cancellation);
            return (total, (IReadOnlyList<AuditRow>)rows);
        },
        cancellation);

    /// <summary>Notes an order in the transaction that carries it out.</summary>
    internal static Task<int> NoteAsync(
        DbTransactionContext context, string kind, OrderedBy by, string destination, string? topic = null, long? share = null, string target = "", string detail = "") => context.Sql("""
        INSERT INTO sharing_order (at_us, kind, ordered_by, destination, topic, share_id, target_name, detail) VALUES (@at, @kind, @by, @destination, @topic, @share, @target, @detail)
        """)
        .With("at", by.AtMicroseconds).With("kind", kind).With("by", by.Who).With("destination", destination).With("topic", topic).With("share", share).With("target", target)
        .With("detail", detail).ExecuteAsync();

    /// <summary>The same of a share, whose place and target are known.</summary>
    internal static Task<int> NoteAsync(DbTransactionContext context, string kind, OrderedBy by, long share, string detail = "") => context.Sql("""
        INSERT INTO sharing_order (at_us, kind, ordered_by, destination, topic, share_id, target_name, detail)
        SELECT @at, @kind, @by, s.destination, s.topic, s.id, s.target_name, @detail FROM share s WHERE s.id = @share
        """)
        .With("at", by.AtMicroseconds).With("kind", kind).With("by", by.Who).With("share", share).With("detail", detail).ExecuteAsync();

    private string Union(AuditQuery query)
    {
        var ofTarget = "SELECT i.share_id FROM outbox_item i WHERE i.target_id = @target";
        var shares = (query.SinceMicroseconds is null ? "" : " AND s.created_us >= @since") + (query.Destination is null ? "" : " AND s.destination = @destination")
            + (query.TargetId is null ? "" : $" AND (s.target_id = @target OR s.id IN ({ofTarget}))");
        var orders = (query.SinceMicroseconds is null ? "" : " AND o.at_us >= @since") + (query.Destination is null ? "" : " AND o.destination = @destination")
            + (query.TargetId is null ? "" : $" AND (o.share_id IN ({ofTarget}) OR {database.Dialect.In("o.target_name", "@names")})");
        return $"""
            SELECT 1 AS part, s.id, s.created_us AS at_us, '{OrderKinds.Share}' AS kind, s.created_by AS who, s.destination, s.topic, s.id AS share_id, s.target_name, s.points, s.spectra, s.title AS detail,
                   s.state
            FROM share s WHERE true{shares}
            UNION ALL
            SELECT 0, o.id, o.at_us, o.kind, o.ordered_by, o.destination, o.topic, o.share_id, o.target_name, coalesce(h.points, 0), coalesce(h.spectra, 0), o.detail, h.state
            FROM sharing_order o LEFT JOIN share h ON h.id = o.share_id WHERE true{orders}
            """;
    }
}
