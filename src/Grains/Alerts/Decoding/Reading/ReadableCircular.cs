using System.Text;
using System.Text.Json;
using TomOrleans.Grains.Alerts.Hermes;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>A circular in JSON as it is read: its fields line by line, then the body with its own lines.</summary>
internal static class ReadableCircular
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = HermesReader.MaxDepth };

    /// <summary>Null for what cannot be read so.</summary>
    public static string? Of(ReadOnlySpan<byte> value)
    {
        try
        {
            using var json = JsonDocument.Parse(Framing.Begin(value).ToArray(), Bounded);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("body"u8, out var body) || body.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            var text = new StringBuilder();
            foreach (var field in json.RootElement.EnumerateObject().Where(field => field.Name != "body"))
            {
                foreach (var (name, content) in field is { Name: "header", Value.ValueKind: JsonValueKind.Object } ? Fields(field.Value) : [(field.Name, field.Value)])
                {
                    text.Append(name).Append(": ").Append(content).Append('\n');
                }
            }

            return text.Append('\n').Append(body.GetString()).ToString();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Fields(JsonElement header) => header.EnumerateObject().Select(field => (field.Name, field.Value));
}
