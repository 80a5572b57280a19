using System.Globalization;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>
/// Reads circulars: GCN's JSON (<c>{"circularId": 34278, "subject": "...", "createdOn": 1690502908596, "submitter": "...", "body": "..."}</c>), hop's
/// (<c>{"header": {"title": "GCN CIRCULAR", "number": "26936", "subject": "...", "date": "20/01/29 17:07:21 GMT", "from": "..."}, "body": "..."}</c>), and the mailed text with
/// the same header in lines. Pure; never throws.
/// </summary>
public static class GcnCircularReader
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 32 };

    /// <summary>Null for what is no circular, with the reason.</summary>
    public static GcnCircular? Read(Alert alert, out string? fault)
    {
        var content = GcnText.Content(alert);
        try
        {
            fault = null;
            var circular = content is [(byte)'{', ..] ? OfJson(content) : OfMail(GcnText.Lines(content));
            fault = circular is null ? "no circular: it has no subject, or no body" : null;
            return circular;
        }
        catch (JsonException broken)
        {
            fault = $"no circular: {FreeText.OneLine(broken.Message)}";
            return null;
        }
    }

    private static GcnCircular? OfJson(byte[] content)
    {
        using var document = JsonDocument.Parse(content, Bounded);
        var json = document.RootElement;
        var body = json.Text("body"u8);
        return json.TryGetProperty("header"u8, out var header) && header.ValueKind == JsonValueKind.Object
            ? Of(header.Text("number"u8), header.Text("subject"u8), header.Text("from"u8), MailDate(header.Text("date"u8)), body)
            : Of(json.Text("circularId"u8), json.Text("subject"u8), json.Text("submitter"u8), Milliseconds(json.Text("createdOn"u8)), body, json.Text("eventId"u8), json.Text("version"u8));
    }

    private static GcnCircular? OfMail(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text[..end].Split('\n'))
        {
            if (line.Split(':', 2) is [var name, var value])
            {
                fields.TryAdd(name.Trim(), value.Trim());
            }
        }

        return Of(fields.GetValueOrDefault("NUMBER"), fields.GetValueOrDefault("SUBJECT"), fields.GetValueOrDefault("FROM"), MailDate(fields.GetValueOrDefault("DATE")), text[(end + 2)..]);
    }

    private static GcnCircular? Of(string? number, string? subject, string? submitter, long? created, string? body, string? eventId = null, string? version = null)
    {
        if (FreeText.Clean(subject, 1000) is not { } line || string.IsNullOrWhiteSpace(body))
        {
            return null;
        }

        var names = EventNames.In(line);
        return new()
        {
            Number = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            Version = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null,
            Subject = line,
            Submitter = FreeText.Clean(submitter, 1000),
            CreatedMicroseconds = created,
            EventId = GcnText.Name(eventId) ?? (names.Count > 0 ? names[0] : null),
            Names = names,
            Body = body.Replace('\0', '\uFFFD'),
        };
    }

    private static long? Milliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < long.MaxValue / 1000 ? milliseconds * 1000 : null;

    private static long? MailDate(string? text) =>
        DateTime.TryParseExact(
            text?.Replace(" GMT", "", StringComparison.Ordinal), "yy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? (date - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : null;
}
