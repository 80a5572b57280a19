using System.Globalization;
using System.Text.Json;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Questions to Hermes' archive and what it answers: <c>{"messages": [{"metadata": {"headers": {"_sender": ...}}, "annotations": {"con_text_uuid": ...}, "message": {...}}], "next": ..., "prev": ...}</c>.
/// Pure. The archive lags behind the topic, so what it does not have proves nothing.
/// </summary>
internal static class HermesArchive
{
    public const int MostPages = 10;

    /// <summary>Some weeks of busy topics.</summary>
    public const int MostPagesOfTopics = 100;

    private const int PageSize = 100;

    public static string Path(IReadOnlyList<string> topics, DateTimeOffset from, string? search, string? page)
    {
        var start = from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"api/v0/query/?limit={PageSize}&include_retracted=true&start={Uri.EscapeDataString(start)}{string.Concat(topics.Select(topic => Parameter("topic", topic)))}{Parameter("search_query", search)}{Parameter("page", page)}";
    }

    /// <summary>The id of a message with this key and one of these senders among those of a page, and the next page; null when the body is no such answer.</summary>
    public static (Guid? Found, string? Next)? Read(string body, Guid key, IReadOnlyCollection<string> senders)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            foreach (var message in messages.EnumerateArray())
            {
                if (Text(message, "message", "data", "extra_data", HermesMessage.ExtraDataName, "submission") is { } text
                    && Guid.TryParse(text, out var found) && found == key
                    && OwnSender.Is(senders, Text(message, "metadata", "headers", "_sender"))
                    && Guid.TryParse(Text(message, "annotations", "con_text_uuid") ?? Text(message, "metadata", "headers", "_id"), out var id))
                {
                    return (id, null);
                }
            }

            return ((Guid?)null, Text(json.RootElement, "next"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The messages of a page that are marked as withdrawn, and the next page; null when the body is no such answer.</summary>
    public static (IReadOnlyList<RetractedMessage> Retracted, string? Next)? ReadRetracted(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            return (messages.EnumerateArray().Select(Retracted).OfType<RetractedMessage>().ToList(), Text(json.RootElement, "next"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null for a message that stands, and for what cannot be told from another.</summary>
    private static RetractedMessage? Retracted(JsonElement message) =>
        Member(message, "annotations", "retracted") is { ValueKind: JsonValueKind.True }
        && Guid.TryParse(Text(message, "annotations", "con_text_uuid") ?? Text(message, "metadata", "headers", "_id"), out var id)
            ? new(
                id,
                Text(message, "metadata", "topic") ?? "",
                OneLine.Of(Text(message, "message", "title") ?? Text(message, "metadata", "headers", "title") ?? ""),
                Text(message, "metadata", "headers", "_sender"),
                Guid.TryParse(Text(message, "message", "data", "extra_data", HermesMessage.ExtraDataName, "submission"), out var key) ? key : null,
                [.. Names(message, "targets", "name").Concat(Names(message, "photometry", "target_name")).Concat(Names(message, "spectroscopy", "target_name")).Distinct(StringComparer.Ordinal)])
            : null;

    private static IEnumerable<string> Names(JsonElement message, string table, string member) =>
        Member(message, "message", "data", table) is { ValueKind: JsonValueKind.Array } rows ? rows.EnumerateArray().Select(row => Text(row, member)).OfType<string>().Where(name => TargetNames.IsName(name)) : [];

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static string? Text(JsonElement json, params ReadOnlySpan<string> path) =>
        Member(json, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(step, out json))
            {
                return null;
            }
        }

        return json;
    }
}
