using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.SkyEvents;

/// <summary>
/// Runs of words of a line that could be somebody's name for an object: those with a digit (<c>NGC 4993</c>, <c>1ES 1959+650</c>) and those that begin with a capital (<c>Crab Nebula</c>). They
/// are compared with the names of targets; most are nobody's. Pure.
/// </summary>
public static class SubjectWords
{
    private const int MostRuns = 60;
    private const int LongestRun = 4;
    private const int ShortestName = 2;
    private const int LongestName = 60;

    // What stands between words or around them, and in no name. Slash, dot, plus, minus, star and apostrophe stand in names.
    private static readonly char[] Between = [' ', '\t', ',', ';', ':', '(', ')', '[', ']', '{', '}', '=', '"', '“', '”', '<', '>', '|', '?', '!'];

    /// <summary>Longer runs first, then in their order; each once by its normalised form.</summary>
    public static IReadOnlyList<string> In(string line)
    {
        var words = line.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('.', '\'', '-', '/')).Where(word => word.Length > 0).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var runs = new List<string>();
        for (var length = Math.Min(LongestRun, words.Length); length > 0; length--)
        {
            for (var start = 0; start + length <= words.Length && runs.Count < MostRuns; start++)
            {
                var run = words.AsSpan(start, length);
                if (IsLikely(run) && string.Join(' ', run!) is { Length: >= ShortestName and <= LongestName } text && seen.Add(TargetNames.Normalise(text)))
                {
                    runs.Add(text);
                }
            }
        }

        return runs;
    }

    /// <summary>True for a text with a letter in it: bare numbers are counts, and counts are nobody's name.</summary>
    public static bool HasLetter(string text) => text.Any(char.IsLetter);

    /// <summary>Of several words the first begins a name and the last ends one: a number, or a capital.</summary>
    private static bool IsLikely(ReadOnlySpan<string> run)
    {
        var (hasDigit, hasLetter) = (false, false);
        foreach (var word in run)
        {
            hasDigit |= word.AsSpan().ContainsAnyInRange('0', '9');
            hasLetter |= HasLetter(word);
        }

        return hasLetter && (run.Length == 1 || Stands(run[0]) && Stands(run[^1])) && (hasDigit || char.IsUpper(run[0][0]));
    }

    private static bool Stands(string word) => char.IsUpper(word[0]) || word.AsSpan().ContainsAnyInRange('0', '9');
}
