using System.Buffers;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// How names of targets are compared, as the TOM Toolkit does: case, blanks, <c>-</c>, <c>_</c> and brackets do not count. Everything else
/// does: dots, slashes, plus signs, accents.
/// </summary>
public static class TargetNames
{
    internal const int UsualLength = 128;
    private static readonly SearchValues<char> Dropped = SearchValues.Create(" -_()[]{}");

    /// <summary>The normalised form of a name or alias; empty when nothing is left of it: then it is no name.</summary>
    public static string Normalise(string text)
    {
        var kept = text.Length <= UsualLength ? stackalloc char[UsualLength] : new char[text.Length];
        return TryNormalise(text, kept, out var length) ? kept[..length].ToString() : "";
    }

    /// <summary>Writes the normalised form to where it is wanted. False when it has no room there.</summary>
    internal static bool TryNormalise(ReadOnlySpan<char> text, Span<char> normalised, out int length)
    {
        length = 0;
        var trimmed = text.Trim();
        if (trimmed.Length > normalised.Length)
        {
            return false;
        }

        foreach (var character in trimmed)
        {
            if (!Dropped.Contains(character))
            {
                normalised[length++] = char.ToLowerInvariant(character);
            }
        }

        // What stood inside a dropped bracket is at the edge now.
        var kept = normalised[..length].Trim();
        kept.CopyTo(normalised);
        length = kept.Length;
        return true;
    }

    /// <summary>True when something is left of the text in its normalised form.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        for (var kept = text.IndexOfAnyExcept(Dropped); kept >= 0; kept = text.IndexOfAnyExcept(Dropped))
        {
            if (!char.IsWhiteSpace(text[kept]))
            {
                return true;
            }

            text = text[(kept + 1)..];
        }

        return false;
    }
}
