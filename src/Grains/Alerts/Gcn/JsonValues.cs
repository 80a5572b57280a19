using System.Globalization;
using System.Text.Json;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>Fields of JSON whose types vary from mission to mission: what does not fit is not stated.</summary>
internal static class JsonValues
{
    /// <summary>A text, or a number's digits.</summary>
    public static string? Text(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? Text(value) : null;

    /// <summary>A text or number, or a list of them.</summary>
    public static IEnumerable<string> Texts(this JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Text).OfType<string>()
        : Text(value) is { } text ? [text]
        : [];

    /// <summary>A number, also as a text; the largest of a list.</summary>
    public static double? Number(this JsonElement json, ReadOnlySpan<byte> name) =>
        !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Take(2).Max(Number)
        : Number(value);

    private static double? Number(JsonElement value) =>
        double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
