using System.Globalization;
using System.Text;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>
/// Text from outside as a page shows it. Markup in it is escaped by Blazor; here control characters, and what turns or hides text, become <c>\u202E</c>, as the console writes them.
/// </summary>
public static class SafeText
{
    /// <summary>For one line, whatever the text holds.</summary>
    public static string Line(string? text) => Escape(text ?? "", keepLines: false);

    /// <summary>Keeps line ends and tabs.</summary>
    public static string Lines(string text) => Escape(text.Replace("\r\n", "\n", StringComparison.Ordinal), keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isHarmless = rune.Value is '\n' or '\t' ? keepLines : Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            if (!isHarmless)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
            else if (rune.IsBmp)
            {
                shown.Append((char)rune.Value);
            }
            else
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }
}
