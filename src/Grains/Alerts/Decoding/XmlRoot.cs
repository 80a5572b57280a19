using System.Buffers;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>The name of an XML document's first element, found without reading the document.</summary>
internal static class XmlRoot
{
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>True for what begins as XML does: a declaration, a comment, or an element.</summary>
    public static bool IsXml(ReadOnlySpan<byte> begin) => begin is [(byte)'<', var next, ..] && (next is (byte)'?' or (byte)'!' || IsNameStart(next));

    /// <summary>The root's name without its prefix; empty where there is none to be seen.</summary>
    public static ReadOnlySpan<byte> LocalName(ReadOnlySpan<byte> xml)
    {
        for (var rest = xml; ;)
        {
            rest = rest.TrimStart(" \t\r\n"u8);
            if (rest.StartsWith("<?"u8))
            {
                rest = After(rest, "?>"u8);
            }
            else if (rest.StartsWith("<!--"u8))
            {
                rest = After(rest, "-->"u8);
            }
            else if (rest.StartsWith("<!"u8))
            {
                var end = rest.IndexOfAny((byte)'>', (byte)'[');
                rest = end >= 0 && rest[end] == '[' ? After(rest, "]>"u8) : After(rest, ">"u8);
            }
            else
            {
                return rest is [(byte)'<', .. var element] && !element.IsEmpty && IsNameStart(element[0]) ? WithoutPrefix(element) : default;
            }
        }
    }

    private static ReadOnlySpan<byte> WithoutPrefix(ReadOnlySpan<byte> element)
    {
        var end = element.IndexOfAny(NameEnds);
        var name = end < 0 ? element : element[..end];
        return name[(name.IndexOf((byte)':') + 1)..];
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) => text.IndexOf(end) is >= 0 and var at ? text[(at + end.Length)..] : default;

    private static bool IsNameStart(byte character) => char.IsAsciiLetter((char)character) || character is (byte)'_' or (byte)':' or >= 0x80;
}
