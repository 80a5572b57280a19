using System.Buffers;
using System.Text;
using System.Text.Json;
using TomOrleans.Grains.Alerts.Hermes;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// The envelope of hop clients of 2020 and before: <c>{"format": "blob", "content": "TITLE: GCN/LVC NOTICE..."}</c>. Its format says little (a blob was any
/// JSON value), so what is inside is looked at anew.
/// </summary>
/// <param name="Format">The format it states; none for a blob.</param>
/// <param name="Content">The text inside as UTF-8, or the JSON inside as it stands.</param>
/// <param name="IsText">True for a text.</param>
internal sealed record OldEnvelope(StatedFormat Format, byte[] Content, bool IsText)
{
    /// <summary>Null where the value is no envelope: an object of these two keys.</summary>
    public static OldEnvelope? Open(ReadOnlySpan<byte> value)
    {
        if (value.IndexOf("\"content\""u8) < 0 || value.IndexOf("\"format\""u8) < 0)
        {
            return null;
        }

        var json = Framing.Begin(value);
        var strict = BareTokens.Replace(json, out var rented);
        try
        {
            return Read(strict, json);
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

    private static OldEnvelope? Read(ReadOnlySpan<byte> json, ReadOnlySpan<byte> original)
    {
        var (content, format) = (default(JsonSlice), default(JsonSlice));
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = HermesReader.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonName.Is(in reader, "content"u8))
            {
                content = JsonSlice.Take(ref reader);
            }
            else if (JsonName.Is(in reader, "format"u8))
            {
                format = JsonSlice.Take(ref reader);
            }
            else
            {
                return null;
            }
        }

        if (format.Text(json) is not { } name || !content.IsPresent)
        {
            return null;
        }

        var stated = HopHeaders.FormatOf(Encoding.UTF8.GetBytes(name));
        return content.Text(json) is { } text
            ? new(stated == StatedFormat.Blob ? StatedFormat.None : stated, Encoding.UTF8.GetBytes(text), IsText: true)
            : new(stated, content.In(original).ToArray(), IsText: false);
    }
}
