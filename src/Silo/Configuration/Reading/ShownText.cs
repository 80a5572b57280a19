using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>Text from a file or the environment, made fit for a terminal: one line, no control characters, no password in a URL.</summary>
internal static partial class ShownText
{
    private const int Longest = 100;

    /// <summary>Whole, with what a terminal would not show as itself written as <c>\uXXXX</c>.</summary>
    public static string Escape(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var hidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            shown.Append(hidden ? $"\\u{rune.Value:x4}" : rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>A value, whole, without the password of a URL.</summary>
    public static string Of(string text) => Escape(UserInformation().Replace(text, "(hidden)@"));

    /// <summary>A value for a fault: the beginning is enough to find it again.</summary>
    public static string Brief(string text)
    {
        var shown = Of(text);
        return shown.Length <= Longest ? shown : $"{shown[..Longest]}...";
    }

    [GeneratedRegex(@"(?<=://)[^/?#\s]*@")]
    private static partial Regex UserInformation();
}
