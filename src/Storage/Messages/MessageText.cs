namespace TomOrleans.Storage.Messages;

/// <summary>Pieces of SQL about the message log that both databases understand.</summary>
internal static class MessageText
{
    /// <summary>Columns in the order in which they are written; the id comes by itself.</summary>
    public const string Written = "cursor_id, message_offset, time_us, kept_us, bytes, packing, size, message_id, message_key, headers, value";

    /// <summary>Suffix of an INSERT into message_use: adds to what is there.</summary>
    public const string AddUse =
        "ON CONFLICT (cursor_id) DO UPDATE SET messages = message_use.messages + excluded.messages, bytes = message_use.bytes + excluded.bytes";

    /// <summary>Columns in the order in which they are read, of message m and its cursor c.</summary>
    public const string Read =
        "m.id, c.stream, c.topic, c.partition, m.message_offset, m.time_us, m.kept_us, m.packing, m.size, m.message_id, m.message_key, m.headers, m.value";

    public const string From = "FROM message m JOIN handler_cursor c ON c.id = m.cursor_id";
}
