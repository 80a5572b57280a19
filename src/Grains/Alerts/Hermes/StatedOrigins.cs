using System.Text.Json;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Who made the measurements of a message, as a TomOrleans states it for what it passes on: <c>{"tom_orleans": {"origin": "LCO", "ids": ["a1", null]}}</c> in <c>data.extra_data</c>, or
/// <c>"origins"</c>, one a row, and <c>"spectrum_origins"</c>. Without it the sender is taken for the origin.
/// </summary>
/// <param name="All">The origin of all rows; null where it is not the same, or not stated.</param>
/// <param name="Each">Of each row.</param>
/// <param name="Ids">The origin's own id of each measurement.</param>
/// <param name="EachSpectrum">The origin of each spectrum.</param>
internal readonly record struct StatedOrigins(string? All, string?[]? Each, string?[]? Ids, string?[]? EachSpectrum)
{
    private const int LongestText = 256;

    public static StatedOrigins Read(ReadOnlySpan<byte> json, JsonSlice extraData)
    {
        if (extraData.Type != JsonTokenType.StartObject)
        {
            return default;
        }

        using var document = JsonDocument.Parse(extraData.In(json).ToArray(), new JsonDocumentOptions { MaxDepth = HermesReader.MaxDepth });
        return document.RootElement.TryGetProperty("tom_orleans", out var own) && own.ValueKind == JsonValueKind.Object
            ? new(Text(own, "origin"), Texts(own, "origins"), Texts(own, "ids"), Texts(own, "spectrum_origins"))
            : default;
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var text) ? Clean(text) : null;

    private static string?[]? Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var texts) && texts.ValueKind == JsonValueKind.Array ? [.. texts.EnumerateArray().Select(Clean)] : null;

    private static string? Clean(JsonElement text) => text.ValueKind == JsonValueKind.String ? FreeText.Clean(text.GetString(), LongestText) : null;
}
