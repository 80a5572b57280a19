using System.Buffers;
using System.Globalization;
using System.Text;

namespace TomOrleans.Client.Output;

/// <summary>
/// Text from outside made harmless for a terminal: control characters, ANSI sequences and what turns or hides text are shown as <c>\u001B</c>
/// instead of taking effect. Spectre's markup needs no care here: no text of ours is ever read as markup.
/// </summary>
internal static class SafeText
{
    /// <summary>One line, whatever the text holds. Null becomes an empty text.</summary>
    public static string Line(string? text) => Escape(text ?? "", keepLines: false);

    /// <summary>Keeps line ends (<c>\n</c>) and tabs: for bodies that are shown as they would be sent.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        StringBuilder? escaped = null;
        var from = 0;
        for (int at = 0, used; at < text.Length; at += used)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out used);
            if ((status == OperationStatus.Done && !IsHarmful(rune)) || (keepLines && text[at] is '\n' or '\t'))
            {
                continue;
            }

            escaped ??= new StringBuilder(text.Length + 16);
            escaped.Append(text, from, at - from);
            foreach (var unit in text.AsSpan(at, used))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            }

            from = at + used;
        }

        return escaped is null ? text : escaped.Append(text, from, text.Length - from).ToString();
    }

    // Format covers the bidirectional marks and what has no width.
    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
