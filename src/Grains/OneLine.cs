using System.Text;

namespace TomOrleans.Grains;

/// <summary>Makes foreign text safe for one line of a log, table or reason: control characters become blanks, halves of characters that no database takes are replaced, long text is cut.</summary>
public static class OneLine
{
    private const int Limit = 500;

    public static string Of(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, Limit + 1));
        Span<char> halves = stackalloc char[2];
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, Limit)).EnumerateRunes())
        {
            line.Append(Rune.IsControl(character) ? " ".AsSpan() : halves[..character.EncodeToUtf16(halves)]);
        }

        return text.Length > Limit ? line.Append('…').ToString() : line.ToString();
    }
}
