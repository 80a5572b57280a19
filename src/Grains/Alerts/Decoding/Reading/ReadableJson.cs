using System.Buffers;
using System.Text;
using System.Text.Json;
using TomOrleans.Grains.Alerts.Hermes;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>JSON indented, with every number as its digits stand and bare NaN as it is; only texts that nobody reads are shortened.</summary>
internal static class ReadableJson
{
    /// <summary>Null for what is no JSON.</summary>
    public static string? Of(ReadOnlySpan<byte> value)
    {
        var json = BareTokens.Replace(Framing.Begin(value), out var rented);
        try
        {
            return Write(json);
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static string Write(ReadOnlySpan<byte> json)
    {
        var text = new IndentedJson();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = HermesReader.MaxDepth });
        while (reader.Read())
        {
            if (text.IsFull)
            {
                return $"{text.Take()}\n... (not shown further than here)";
            }

            Write(ref reader, text);
        }

        return text.Take();
    }

    private static void Write(ref Utf8JsonReader reader, IndentedJson text)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                text.Start((char)reader.ValueSpan[0]);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                text.End((char)reader.ValueSpan[0]);
                break;
            case JsonTokenType.PropertyName:
                text.Name(TextOf(ref reader));
                break;
            case JsonTokenType.String when BareTokens.NameOf(reader.ValueSpan) is { } token:
                text.Raw(token);
                break;
            case JsonTokenType.String:
                text.Text(TextOf(ref reader));
                break;
            default:
                text.Raw(Encoding.UTF8.GetString(reader.ValueSpan));
                break;
        }
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: the escapes as they stand.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
