using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts;

/// <summary>Headers as they are stored: length-prefixed names and values, so that any bytes survive.</summary>
public static class HeaderBytes
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Write(MessageHeaders headers)
    {
        var length = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            length += (2 * sizeof(int)) + Encoding.UTF8.GetByteCount(headers[i].Name) + headers[i].Value.Length;
        }

        var bytes = new byte[length];
        var rest = bytes.AsSpan();
        for (var i = 0; i < headers.Count; i++)
        {
            var header = headers[i];
            var name = Encoding.UTF8.GetBytes(header.Name, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32LittleEndian(rest, name);
            rest = rest[(sizeof(int) + name)..];
            BinaryPrimitives.WriteInt32LittleEndian(rest, header.Value.Length);
            header.Value.Span.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + header.Value.Length)..];
        }

        return bytes;
    }

    public static MessageHeaders Read(byte[] bytes)
    {
        var headers = new List<MessageHeader>();
        for (var rest = bytes.AsMemory(); !rest.IsEmpty;)
        {
            var name = Encoding.UTF8.GetString(Take(ref rest).Span);
            headers.Add(new(name, Take(ref rest)));
        }

        return [.. headers];
    }

    /// <summary>For a person to read.</summary>
    public static ImmutableArray<ParkedHeader> Readable(MessageHeaders headers) =>
        [.. headers.Select(header => new ParkedHeader(header.Name, TextOf(header.Value.Span)))];

    /// <summary>One line without control characters; bytes that are no text as <c>0x00ff</c>.</summary>
    public static string TextOf(ReadOnlySpan<byte> value)
    {
        try
        {
            var text = StrictUtf8.GetString(value);
            return text.Any(character => char.IsControl(character) && character is not ('\t' or '\r' or '\n')) ? Hex(value) : OneLine.Of(text);
        }
        catch (DecoderFallbackException)
        {
            return Hex(value);
        }
    }

    private static string Hex(ReadOnlySpan<byte> value) => $"0x{Convert.ToHexStringLower(value)}";

    private static Memory<byte> Take(ref Memory<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        var part = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return part;
    }
}
