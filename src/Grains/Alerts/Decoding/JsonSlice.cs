using System.Text.Json;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// A JSON value by its place: nothing is copied or converted before all of its row has been seen, so that of a repeated key the
/// last wins.
/// </summary>
/// <param name="Type">The value's first token; <see cref="JsonTokenType.None"/> for an absent value.</param>
/// <param name="Start">Where it begins: for a text after the quote.</param>
/// <param name="Length">Its bytes: for a text without the quotes, escapes as they stand.</param>
/// <param name="IsEscaped">True for a text with escapes.</param>
internal readonly record struct JsonSlice(JsonTokenType Type, int Start, int Length, bool IsEscaped)
{
    public bool IsPresent => Type is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>Moves from a property's name over its value, and gives the place of that.</summary>
    public static JsonSlice Take(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Here(ref reader);
    }

    /// <summary>The place of the value that the reader stands on; the reader moves to its end.</summary>
    public static JsonSlice Here(ref Utf8JsonReader reader)
    {
        var (type, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        switch (type)
        {
            case JsonTokenType.String:
                return new(type, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                return new(type, start, (int)reader.BytesConsumed - start, false);
            default:
                return new(type, start, reader.ValueSpan.Length, false);
        }
    }

    /// <summary>The bytes as they stand in the message.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start, Length);

    /// <summary>
    /// A text with its escapes resolved; null for what is no text (a bare NaN neither), or holds half of a surrogate
    /// pair.
    /// </summary>
    public string? Text(ReadOnlySpan<byte> json)
    {
        if (Type != JsonTokenType.String || BareTokens.NameOf(In(json)) is not null)
        {
            return null;
        }

        if (!IsEscaped)
        {
            return System.Text.Encoding.UTF8.GetString(In(json));
        }

        var reader = new Utf8JsonReader(json.Slice(Start - 1, Length + 2));
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What kind of value it is, as a reason says it.</summary>
    public static string Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
