using System.Text.Json;

namespace TomOrleans.Grains.Alerts.Decoding.Avro;

/// <summary>The name of a record's schema, without reading the schema: the library takes up to a second for a large one. Pure.</summary>
internal static class AvroName
{
    /// <summary>With its namespace; null for a schema that is no record or has no name. Throws <see cref="JsonException"/> for what is no JSON.</summary>
    public static string? Of(ReadOnlySpan<byte> schema)
    {
        var reader = new Utf8JsonReader(Framing.Begin(schema));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? name = null, space = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isName, isSpace) = (reader.ValueTextEquals("name"u8), reader.ValueTextEquals("namespace"u8));
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                (name, space) = (isName ? reader.GetString() : name, isSpace ? reader.GetString() : space);
            }

            reader.Skip();
        }

        return string.IsNullOrEmpty(name) || string.IsNullOrEmpty(space) || name.Contains('.', StringComparison.Ordinal) ? name : $"{space}.{name}";
    }
}
