namespace TomOrleans.Storage.SkyEvents;

/// <summary>Pieces of SQL about events that both databases understand.</summary>
internal static class SkyEventText
{
    /// <summary>Columns of a version in the order in which they are written, after event and number.</summary>
    public const string Written =
        "content, stated, source, title, type, test, submitter, issued_us, event_us, ra, dec, error_deg, containment, ivorn, stream, topic, partition, message_offset, time_us, message_id, body";

    /// <summary>Columns of version v in the order in which they are read, but its text.</summary>
    public const string ReadVersion =
        "v.number, v.content, v.stated, v.source, v.title, v.type, v.test, v.submitter, v.issued_us, v.event_us, v.ra, v.dec, v.error_deg, v.containment, v.ivorn, "
        + "v.stream, v.topic, v.partition, v.message_offset, v.time_us, v.message_id";

    /// <summary>Columns of event e in the order in which they are read.</summary>
    public const string Read = "e.id, e.key, e.kind, e.title, e.type, e.test, e.versions, e.latest, e.first_us, e.last_us, e.event_us, e.ra, e.dec, e.error_deg";
}
