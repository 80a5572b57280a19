namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>What somebody may have meant by a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>The known name that takes the fewest changes, when that is a likely slip; case does not count.</summary>
    public static string? Find(string given, IEnumerable<string> known)
    {
        var (name, distance) = known
            .Select(name => (Name: name, Distance: Distance(given.ToUpperInvariant(), name.ToUpperInvariant())))
            .DefaultIfEmpty(("", int.MaxValue))
            .MinBy(candidate => candidate.Item2);
        return distance <= Math.Max(2, given.Length * 2 / 5) ? name : null;
    }

    /// <summary><c>; did you mean X?</c> where something is near, and what is known.</summary>
    public static string Hint(string given, IReadOnlyCollection<string> known)
    {
        var meant = Find(given, known) is { } name ? $"; did you mean {ShownText.Escape(name)}?" : ";";
        return known.Count == 0 ? $"{meant} nothing is known here" : $"{meant} known here: {string.Join(", ", known.Select(ShownText.Escape))}";
    }

    /// <summary>Letters added, left out, changed or swapped with their neighbour (optimal string alignment).</summary>
    public static int Distance(string left, string right)
    {
        // A key is short; a text of a megabyte in its place is no slip of the pen.
        if (Math.Abs(left.Length - right.Length) > 100)
        {
            return int.MaxValue;
        }

        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                        rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
