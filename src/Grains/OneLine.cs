using System.Text;

namespace TomOrleans.Grains;

/// <summary>Makes foreign text safe for one line of a log, table or reason: control characters become blanks, long text is cut.</summary>
public static class OneLine
{
    private const int Limit = 500;

    public static string Of(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, Limit + 1));
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, Limit)))
        {
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return text.Length > Limit ? line.Append('…').ToString() : line.ToString();
    }
}
