using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.SkyEvents;

/// <summary>Finds out whether an event has a version that says what a new one says.</summary>
internal static class SkyEventRepeats
{
    /// <summary>The version that makes the new one a repetition; null where there is none. Of two the one that came from the same place.</summary>
    /// <param name="sql">Makes a command.</param>
    /// <param name="id">The event; null: that of the version's key.</param>
    /// <param name="version">The new one.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async Task<SkyEventSource?> FindAsync(Func<string, Sql> sql, long? id, NewSkyEventVersion version, CancellationToken cancellation = default)
    {
        var command = sql($"""
            SELECT v.stream, v.topic, v.partition, v.message_offset, v.time_us, v.stated, v.number, e.latest, e.last_us
            FROM sky_event_version v JOIN sky_event e ON e.id = v.event_id
            WHERE {(id is null ? "e.key = @event" : "e.id = @event")} AND v.content = @content AND (v.stated IS NULL OR CAST(@stated AS text) IS NULL OR v.stated = @stated)
            """);
        var equal = await (id is null ? command.With("event", version.Key) : command.With("event", id))
            .With("content", version.Content.Hash).With("stated", version.Content.Stated)
            .ListAsync(
                r => (Source: new SkyEventSource(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt64(3), r.GetInt64(4), null),
                    Kept: new Kept(r.Text(5), r.GetInt32(6) == r.GetInt32(7), r.GetInt64(8))),
                cancellation);
        return equal.Where(row => row.Source.IsAt(version.Message)).Concat(equal.Where(row => IsRepeatedBy(row.Source, row.Kept, version)))
            .Select(row => row.Source).FirstOrDefault();
    }

    /// <summary>Content and stated version, where both have one, are equal.</summary>
    private static bool IsRepeatedBy(SkyEventSource source, Kept kept, NewSkyEventVersion version) =>
        !version.MayReturn
        || kept.IsLatest

        // An older one that comes late changes nothing of what is shown.
        || version.Message.TimeMicroseconds <= kept.LastMicroseconds

        // Whoever relays messages may do so late, and forms other than GCN's own state no version.
        || ((source.Stream, source.Topic) != (version.Message.Stream, version.Message.Topic) && (version.Content.Stated is null || version.Content.Stated == kept.Stated));

    private readonly record struct Kept(string? Stated, bool IsLatest, long LastMicroseconds);
}
