using System.Globalization;
using System.Text;

namespace TomOrleans.Grains.Targets;

/// <summary>A value from outside as it is shown in a reason: in quotes, on one line, not longer than 60 characters.</summary>
public static class QuotedText
{
    private const int Longest = 60;

    public static string Of(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder(Math.Min(text.Length, Longest) + 2).Append('\'');
        foreach (var character in text[..Math.Min(text.Length, Longest)])
        {
            // Controls, line separators and the marks that reorder text would let a value forge the line it stands in.
            if (char.IsControl(character) || char.GetUnicodeCategory(character) is
                UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                quoted.Append(character);
            }
        }

        return quoted.Append(text.Length > Longest ? "...'" : "'").ToString();
    }
}
