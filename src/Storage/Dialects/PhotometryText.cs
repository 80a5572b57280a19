namespace TomOrleans.Storage.Dialects;

/// <summary>Pieces of SQL about points that both databases understand.</summary>
internal static class PhotometryText
{
    /// <summary>All columns, in the order in which rows are written and read.</summary>
    public const string Columns = """
        target_id, identity, content, time_us, time_form, time_text, band, telescope, instrument, value, error, unit,
        limit_value, limit_error, limit_unit, exposure_s, origin, measurement_id, retracted, source, source_offset, message_id, sender, source_us,
        limit_sigma, observer, comments
        """;

    /// <summary>What a light curve needs, in the order in which it is read.</summary>
    public const string BriefColumns = "identity, content, time_us, band, telescope, origin, value, error, limit_value, unit, limit_unit, retracted, source_us, source_offset";

    /// <summary>Whether row p has other contents beside it, or was withdrawn: then it may be that it is not shown.</summary>
    public const string IsRevised = "(p.retracted OR EXISTS (SELECT 1 FROM photometry o WHERE o.target_id = p.target_id AND o.identity = p.identity AND o.content <> p.content))";

    /// <summary>
    /// Counts the measurements of target @id: each identity by its shown content (a retracted one where no other is left), and what several origins state alike once.
    /// The same as <c>LightCurve.Shown</c> with the retracted ones.
    /// </summary>
    public const string CountOf = """
        SELECT coalesce(CAST(sum(alike.most) AS bigint), 0) FROM (
            SELECT max(stated.times) AS most FROM (
                SELECT s.time_us, s.content, s.band, s.telescope, count(*) AS times FROM photometry s
                WHERE s.target_id = @id AND NOT EXISTS (
                    SELECT 1 FROM photometry r
                    WHERE r.target_id = s.target_id AND r.identity = s.identity
                      AND (NOT r.retracted, coalesce(r.source_us, -9223372036854775808), coalesce(r.source_offset, -9223372036854775808), r.content)
                        > (NOT s.retracted, coalesce(s.source_us, -9223372036854775808), coalesce(s.source_offset, -9223372036854775808), s.content))
                GROUP BY s.time_us, s.content, s.band, s.telescope, s.origin) stated
            GROUP BY stated.time_us, stated.content, stated.band, stated.telescope) alike
        """;

    /// <summary>
    /// Condition on row s: among the contents of its identity that are not retracted it is the last by (message time, offset, content). Points without a message come first.
    /// The same order as <see cref="Photometry.ShownOrder"/>.
    /// </summary>
    public const string Shown = """
        NOT s.retracted AND NOT EXISTS (
            SELECT 1 FROM photometry r
            WHERE r.target_id = s.target_id AND r.identity = s.identity AND NOT r.retracted
              AND (coalesce(r.source_us, -9223372036854775808), coalesce(r.source_offset, -9223372036854775808), r.content)
                > (coalesce(s.source_us, -9223372036854775808), coalesce(s.source_offset, -9223372036854775808), s.content))
        """;
}
