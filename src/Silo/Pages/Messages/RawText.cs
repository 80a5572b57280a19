using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using TomOrleans.Silo.Pages.Text;

namespace TomOrleans.Silo.Pages.Messages;

/// <summary>The bytes of a message as they came: text letter by letter, anything else as hexadecimal digits, sixteen bytes a line.</summary>
public static class RawText
{
    /// <summary>The most bytes that are shown.</summary>
    public const int Longest = 64 * 1024;

    private const int LineBytes = 16;
    private static readonly SearchValues<byte> NoText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(value => (byte)value).Except("\t\n\r"u8.ToArray())]);

    /// <summary>Safe for a page; says so where it shows no more.</summary>
    public static string Of(ReadOnlySpan<byte> value)
    {
        var shown = value[..Math.Min(value.Length, Longest)];
        var text = Utf8.IsValid(value) && !value.ContainsAny(NoText) ? SafeText.Lines(Encoding.UTF8.GetString(shown)) : Hex(shown);
        return value.Length <= Longest
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text}\n... (the first {Longest:N0} of {value.Length:N0} bytes; tom message ID --json has all of them)");
    }

    private static string Hex(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder(value.Length * 4);
        for (var at = 0; at < value.Length; at += LineBytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{at:x6} ");
            foreach (var one in value.Slice(at, Math.Min(LineBytes, value.Length - at)))
            {
                text.Append(CultureInfo.InvariantCulture, $" {one:x2}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
