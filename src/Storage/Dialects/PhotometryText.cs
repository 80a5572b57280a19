namespace TomOrleans.Storage.Dialects;

/// <summary>Pieces of SQL about points that both databases understand.</summary>
internal static class PhotometryText
{
    /// <summary>All columns, in the order in which rows are written and read.</summary>
    public const string Columns = """
        target_id, identity, content, time_us, time_form, time_text, band, telescope, instrument, value, error, unit,
        limit_value, limit_error, limit_unit, exposure_s, origin, measurement_id, retracted, source, source_offset, message_id, sender, source_us
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
