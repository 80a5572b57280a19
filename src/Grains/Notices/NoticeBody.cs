using System.Globalization;
using System.Text.Json;
using TomOrleans.Notices;
using TomOrleans.Storage.Notices;

namespace TomOrleans.Grains.Notices;

/// <summary>Notices as the JSON that the webhook gets; what is in it is promised in <c>docs/notices.md</c>. Pure.</summary>
internal static class NoticeBody
{
    public static byte[] Of(string tomName, IReadOnlyList<NoticeRow> rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("tom", tomName);

            // Chat services show it.
            json.WriteString("text", string.Join('\n', rows.Select(row => $"{tomName}: {(row.EndedMicroseconds is null ? "" : "over: ")}{row.Text}")));
            json.WriteStartArray("notices");
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteString("id", row.Id.ToString(CultureInfo.InvariantCulture));
                json.WriteString("kind", row.Kind);
                json.WriteString("subject", row.Subject);
                json.WriteString("level", LevelOf(row));
                json.WriteString("state", row.EndedMicroseconds is null ? "open" : "over");
                json.WriteString("text", row.Text);
                json.WriteNumber("count", row.Count);
                json.WriteString("since", Time(row.SinceMicroseconds));
                json.WriteString("last", Time(row.EndedMicroseconds ?? row.LastMicroseconds));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The same for the same news.</summary>
    public static string KeyOf(IReadOnlyList<NoticeRow> rows) =>
        $"notices/{string.Join(',', rows.Select(row => $"{row.Id}.{row.EndedMicroseconds ?? row.LastMicroseconds}{(row.EndedMicroseconds is null ? "" : ".over")}"))}";

    private static string LevelOf(NoticeRow row) => (NoticeLevel)row.Level == NoticeLevel.Alarm ? "alarm" : "warning";

    private static string Time(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
