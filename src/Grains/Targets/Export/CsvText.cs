using System.Text;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>
/// Cells of comma-separated values (RFC 4180). One that a spreadsheet would run as a formula (it begins with <c>= + - @</c>, their full-width forms, a tab or an end of line) gets a leading
/// apostrophe, and so does one that begins with an apostrophe: taken away again, the text is what it was.
/// </summary>
internal static class CsvText
{
    /// <summary>A text from outside.</summary>
    public static string Safe(string text) =>
        Quoted(text.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] || text is ['\'' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text);

    /// <summary>A text for readers that are no spreadsheet.</summary>
    public static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n#") || text is [' ', ..] or [.., ' '] ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>Control characters (the end of a line too) would break a line in two, or a terminal.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            kept.Append(char.IsControl(character) ? ' ' : character);
        }

        return kept.ToString();
    }
}
