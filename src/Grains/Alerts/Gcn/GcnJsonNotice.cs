using System.Text.Json;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>
/// A notice in GCN's JSON: <c>{"$schema": "https://gcn.nasa.gov/schema/v4.1.0/gcn/notices/swift/bat/guano.schema.json", "id": ["694215995"], "event_name": "GRB 230220A",
/// "alert_type": "update", "alert_tense": "current", "record_number": 3, "alert_datetime": "...Z", "trigger_time": "...", "ra": 14.5, "dec": -40.1, "ra_dec_error": 0.05}</c>.
/// <c>id</c> may be a list, a text or a number; the error a number or [a, b, angle]; almost all may be absent. IGWN's: <c>superevent_id</c>, <c>time_created</c>, <c>event.time</c>.
/// </summary>
internal static class GcnJsonNotice
{
    private const string SchemaFolder = "/gcn/notices/";
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 64 };

    /// <summary>Null for JSON that is no notice. Throws <see cref="JsonException"/> for what is no JSON.</summary>
    public static GcnNotice? Read(ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content, Bounded);
        var json = document.RootElement;
        return json.TryGetProperty("superevent_id"u8, out _) ? OfWave(json) : Of(json);
    }

    private static GcnNotice? Of(JsonElement json)
    {
        string[] names = [.. json.Texts("id").Concat(json.Texts("event_name")).Concat(json.Texts("ref_ID")).Select(GcnText.Name).OfType<string>().Distinct()];
        var kind = KindOf(json.Text("$schema"u8)) ?? GcnText.Name($"{json.Text("mission"u8)} {json.Text("instrument"u8)}");
        var time = GcnText.Time(json.Text("trigger_time"u8));
        if (kind is null || (names.Length == 0 && time is null))
        {
            return null;
        }

        return new()
        {
            Kind = kind,
            EventId = names.FirstOrDefault(),
            Names = names.Length > 1 ? names[1..] : [],
            Version = GcnText.Name(json.Text("record_number"u8)),
            Type = GcnText.Type(json.Text("alert_type"u8)),
            IsTest = json.Text("alert_tense"u8) is { } tense && tense is not ("current" or "archival"),
            IssuedMicroseconds = GcnText.Time(json.Text("alert_datetime"u8)),
            EventMicroseconds = time,
            Position = GcnText.Position(
                json.Number("ra"u8), json.Number("dec"u8), json.Number("ra_dec_error"u8) ?? json.Number("ra_uncertainty"u8), json.Number("containment_probability"u8)),
        };
    }

    /// <summary>A superevent's id begins with S, a mock one's with M or T.</summary>
    private static GcnNotice? OfWave(JsonElement json) => GcnText.Name(json.Text("superevent_id"u8)) is { } id
        ? new()
        {
            Kind = "igwn",
            EventId = id,
            Type = GcnText.Type(json.Text("alert_type"u8)),
            IsTest = !id.StartsWith('S'),
            IssuedMicroseconds = GcnText.Time(json.Text("time_created"u8)),
            EventMicroseconds = json.TryGetProperty("event"u8, out var wave) ? GcnText.Time(wave.Text("time"u8)) : null,
        }
        : null;

    /// <summary>The schema's path without its version: <c>swift/bat/guano</c>.</summary>
    private static string? KindOf(string? schema)
    {
        var start = schema?.IndexOf(SchemaFolder, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        var path = schema![(start + SchemaFolder.Length)..];
        return GcnText.Name(path.EndsWith(".schema.json", StringComparison.Ordinal) ? path[..^".schema.json".Length] : path);
    }
}
