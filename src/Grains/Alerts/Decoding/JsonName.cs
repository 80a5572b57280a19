using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// The name of a JSON property. The reader's own comparison throws for names that hold half of a surrogate pair, which a message of
/// somebody else's may well do.
/// </summary>
internal static class JsonName
{
    /// <summary>More than any name we look for takes with every character escaped.</summary>
    public const int BufferLength = 32;

    /// <summary>True when the reader stands on the property of this ASCII name.</summary>
    public static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? IsEscaped(in reader, name) : reader.ValueSpan.SequenceEqual(name);

    /// <summary>The name the reader stands on, escapes resolved; empty for an escaped one that is longer than the buffer or not ASCII.</summary>
    public static ReadOnlySpan<byte> Of(in Utf8JsonReader reader, Span<byte> buffer)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        var length = 0;
        for (var rest = reader.ValueSpan; !rest.IsEmpty; length++)
        {
            if (length == buffer.Length || Take(ref rest) is not { } character)
            {
                return default;
            }

            buffer[length] = character;
        }

        return buffer[..length];
    }

    /// <summary>By itself, so that the usual way does not pay for the buffer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsEscaped(in Utf8JsonReader reader, ReadOnlySpan<byte> name) => Of(in reader, stackalloc byte[BufferLength]).SequenceEqual(name);

    /// <summary>Takes one character, which the reader has found to be well-formed; null for one beyond ASCII.</summary>
    private static byte? Take(ref ReadOnlySpan<byte> rest)
    {
        if (rest[0] != '\\')
        {
            var plain = rest[0];
            rest = rest[1..];
            return plain;
        }

        if (rest[1] == 'u')
        {
            var isRead = Utf8Parser.TryParse(rest.Slice(2, 4), out ushort code, out _, 'X');
            rest = rest[6..];
            return isRead && code < 128 ? (byte)code : null;
        }

        // Other escapes stand for characters that no name of ours has.
        return null;
    }
}
