using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// HOPSKOTCH's stand-in for a message that its broker would not take: <c>{"url": "https://..."}</c>. The body is not fetched, for that would send credentials where a
/// message says; so the message is faulty, and waits among the parked ones with the place named.
/// </summary>
internal static class ExternalMessage
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    public static MessageContent Read(ReadOnlyMemory<byte> value)
    {
        var where = Url(value) is { } url ? $"at {QuotedText.Of(url)}" : "at a place that the message does not name";
        return MessageContent.Faulty(AlertFormat.External, $"external message: its body is kept {where}, and is not fetched from there");
    }

    private static string? Url(ReadOnlyMemory<byte> value)
    {
        try
        {
            using var json = JsonDocument.Parse(value, Shallow);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("url"u8, out var url) && url.ValueKind == JsonValueKind.String
                    ? url.GetString()
                    : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair.
            return null;
        }
    }
}
