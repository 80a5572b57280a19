using System.Buffers;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// The tokens <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which Python writes and JSON does not know. They are replaced by texts of
/// DEL characters of the same length, so that a strict reader reads the rest and every position stays; <see cref="NameOf"/> knows them
/// again.
/// </summary>
internal static class BareTokens
{
    private const byte Marker = 0x7F;

    /// <summary>
    /// Returns the JSON with its bare tokens replaced, in an array rented for it; the very same bytes, and no array, when there
    /// are none.
    /// </summary>
    public static ReadOnlySpan<byte> Replace(ReadOnlySpan<byte> json, out byte[]? rented)
    {
        rented = null;
        var start = json.IndexOf("NaN"u8) is var nan && json.IndexOf("Infinity"u8) is var infinity && nan >= 0 && infinity >= 0
            ? Math.Min(nan, infinity)
            : Math.Max(nan, infinity);
        if (start < 0)
        {
            return json;
        }

        rented = ArrayPool<byte>.Shared.Rent(json.Length);
        var copy = rented.AsSpan(0, json.Length);
        json.CopyTo(copy);
        var inText = false;
        for (var at = 0; at < copy.Length; at++)
        {
            if (copy[at] == '"')
            {
                inText = !inText;
            }
            else if (inText)
            {
                // The character after a backslash ends no text.
                at += copy[at] == '\\' ? 1 : 0;
            }
            else if (copy[at] is (byte)'N' or (byte)'I' or (byte)'-')
            {
                var length = TokenLength(copy[at..]);
                Mark(copy.Slice(at, length));
                at += Math.Max(0, length - 1);
            }
        }

        return copy;
    }

    /// <summary>The bare token that stood where this text's characters are; null for other texts.</summary>
    public static string? NameOf(ReadOnlySpan<byte> text) =>
        text.Length is 1 or 6 or 7 && !text.ContainsAnyExcept(Marker) ? text.Length == 1 ? "NaN" : text.Length == 6 ? "Infinity" : "-Infinity" : null;

    private static int TokenLength(ReadOnlySpan<byte> json)
    {
        var length = json.StartsWith("NaN"u8) ? 3 : json.StartsWith("Infinity"u8) ? 8 : json.StartsWith("-Infinity"u8) ? 9 : 0;
        return length == json.Length || (length > 0 && ",]} \n\r\t"u8.Contains(json[length])) ? length : 0;
    }

    private static void Mark(Span<byte> token)
    {
        if (!token.IsEmpty)
        {
            token.Fill(Marker);
            token[0] = token[^1] = (byte)'"';
        }
    }
}
