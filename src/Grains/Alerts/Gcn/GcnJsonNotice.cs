using System.Buffers;
using System.Text.Json;
using TomOrleans.Grains.Alerts.Decoding;

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
    public static GcnNotice? Read(ReadOnlySpan<byte> content)
    {
        // Python writes numbers that are none.
        var strict = BareTokens.Replace(content, out var rented);
        try
        {
            using var document = JsonDocument.Parse(strict.ToArray(), Bounded);
            return Of(document.RootElement);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static GcnNotice? Of(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object ? null
        : json.TryGetProperty("superevent_id"u8, out _) ? OfWave(json)
        : TargetOf(json) is { } target ? OfTarget(json, target)
        : OfEvent(json);

    private static GcnNotice? OfEvent(JsonElement json)
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
            Mission = GcnText.Mission(MissionOf(json)),
            EventId = names.FirstOrDefault(),
            Names = names.Length > 1 ? names[1..] : [],
            Version = GcnText.Name(json.Text("record_number"u8)),
            Type = GcnText.Type(json.Text("alert_type"u8)),
            IsTest = IsTest(json),
            IssuedMicroseconds = GcnText.Time(json.Text("alert_datetime"u8)),
            EventMicroseconds = time,
            Position = GcnText.Position(
                json.Number("ra"u8), json.Number("dec"u8), json.Number("ra_dec_error"u8) ?? json.Number("ra_uncertainty"u8), json.Number("containment_probability"u8)),
        };
    }

    /// <summary>The one target of a notice of BOOM's form, <c>{"data": {"targets": [{"event_name": "ZTF25acffkdr", "ra": 150.2, "dec": 15.3}], "photometry": [...]}}</c>; null where it has none, or several.</summary>
    private static JsonElement? TargetOf(JsonElement json) =>
        json.TryGetProperty("data"u8, out var data) && data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty("targets"u8, out var targets) && targets.ValueKind == JsonValueKind.Array && targets.GetArrayLength() == 1 && targets[0].ValueKind == JsonValueKind.Object
            ? targets[0]
            : null;

    private static GcnNotice? OfTarget(JsonElement json, JsonElement target) => GcnText.Name(target.Text("event_name"u8)) is { } name && MissionOf(json) is { } mission
        ? new()
        {
            Kind = KindOf(json.Text("$schema"u8)) ?? mission,
            Mission = GcnText.Mission(mission),
            EventId = name,
            Type = GcnText.Type(json.Text("alert_type"u8)),
            IsTest = IsTest(json),
            IssuedMicroseconds = GcnText.Time(json.Text("alert_datetime"u8)),
            Position = GcnText.Position(target.Number("ra"u8), target.Number("dec"u8), target.Number("ra_dec_error"u8)),
        }
        : null;

    private static bool IsTest(JsonElement json) => json.Text("alert_tense"u8) is { } tense && tense is not ("current" or "archival");

    /// <summary>The schema's first folder, else the mission it states.</summary>
    private static string? MissionOf(JsonElement json) =>
        KindOf(json.Text("$schema"u8))?.Split('/') is [{ Length: > 0 } folder, _, ..] && folder != "core" ? folder : json.Text("mission"u8) ?? json.Text("instrument"u8);

    /// <summary>A superevent's id begins with S, a mock one's with M or T.</summary>
    private static GcnNotice? OfWave(JsonElement json) => GcnText.Name(json.Text("superevent_id"u8)) is { } id
        ? new()
        {
            Kind = "igwn",
            Mission = GcnText.Waves,
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
