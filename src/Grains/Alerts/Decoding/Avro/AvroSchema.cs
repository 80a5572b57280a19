using System.Text;
using Avro;

namespace TomOrleans.Grains.Alerts.Decoding.Avro;

/// <summary>
/// Reads a schema that came with a message. Only the schema is left to the library: its reader of records allocates what a length announces, and a schema that
/// contains itself ends the process.
/// </summary>
internal static class AvroSchema
{
    /// <summary>Three times the largest seen (Fink's); the library takes up to a second for as much [bytes].</summary>
    private const int LongestBytes = 1024 * 1024;

    /// <summary>Throws <see cref="InvalidDataException"/> for what is no schema.</summary>
    public static Schema Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > LongestBytes)
        {
            throw new InvalidDataException($"a schema of {json.Length:N0} bytes");
        }

        try
        {
            return Schema.Parse(Encoding.UTF8.GetString(Framing.Begin(json))) ?? throw new SchemaParseException("it has no type");
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            throw new InvalidDataException($"its schema cannot be read: {FreeText.OneLine(refused.Message)}", refused);
        }
    }
}
