namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>
/// A table with a line of names above it: values between commas, tabs or semicolons, or between blanks, or in columns that a line of dashes marks.
/// </summary>
/// <remarks>
/// The names may stand behind a <c>#</c> (<c># mjd,filter,mag</c>, <c>###MJD m dm</c>). Before them there may be comments, and lines <c>@key value</c> as sncosmo writes.
/// </remarks>
internal static class HeadedTable
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Takes the text apart. Throws <see cref="UnreadableFileException"/> where there is no line of names.</summary>
    public static FileTable Read(string text)
    {
        var (names, line, end) = FindNames(text);
        var rest = text[end..];
        if (DelimiterOf(names) is { } delimiter)
        {
            var columns = names.Split(delimiter).Select(name => name.Trim().Trim('"')).ToArray();
            return new() { Columns = columns, Rows = DelimitedTable.Rows(rest, line + 1, delimiter, columns.Length) };
        }

        var next = TextLines.Of(rest).FirstOrDefault(candidate => !string.IsNullOrWhiteSpace(candidate.Text));
        if (next.Text is not null && next.Text.AsSpan().Trim().ContainsAnyExcept("- =") is false)
        {
            return FixedColumns(names, next, rest, line);
        }

        var words = names.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return new() { Columns = words, Rows = Words(rest, line + 1, words.Length) };
    }

    /// <summary>Rows of words between blanks, without names above.</summary>
    public static IEnumerable<TableRow> Words(string text, int firstLine, int columns) => TextLines.Of(text)
        .Where(line => !string.IsNullOrWhiteSpace(line.Text) && !line.Text.TrimStart().StartsWith('#'))
        .Select(line => line.Text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is var cells
            ? new TableRow(firstLine + line.Number - 1, cells, DelimitedTable.Count(cells, columns))
            : default);

    /// <summary>
    /// The line of names: the first line that is no comment, or, where that line is a row already, the comment above it.
    /// </summary>
    public static (string Names, int Line, int End) FindNames(string text)
    {
        (string Text, int Line, int End)? comment = null;
        foreach (var (number, line, next) in TextLines.Of(text))
        {
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '@')
            {
                continue;
            }

            if (trimmed[0] == '#')
            {
                comment = (trimmed.TrimStart('#', ' '), number, next);
                continue;
            }

            return comment is { } above && !IsNames(trimmed) && IsNames(above.Text) ? (above.Text, above.Line, above.End) : (trimmed, number, next);
        }

        return comment is { } only && IsNames(only.Text) ? (only.Text, only.Line, only.End) : throw new UnreadableFileException("has no rows");
    }

    /// <summary>True when a time and something else of a measurement are named.</summary>
    public static bool IsNames(string line)
    {
        var fields = Split(line).Select(name => ColumnNames.Find(name).Field).ToHashSet();
        return fields.Overlaps([ImportField.Time, ImportField.Mjd, ImportField.Jd, ImportField.Tai, ImportField.Tcb, ImportField.Heliocentric])
            && fields.Overlaps([ImportField.Magnitude, ImportField.Flux, ImportField.Limit, ImportField.FluxLimit, ImportField.Band]);
    }

    public static string[] Split(string line) =>
        DelimiterOf(line) is { } delimiter ? line.Split(delimiter) : line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static char? DelimiterOf(string line) => DelimitedTable.DelimiterOf(line);

    /// <summary>Columns as wide as their dashes: values may hold blanks.</summary>
    private static FileTable FixedColumns(string names, (int Number, string Text, int Next) dashes, string rest, int line)
    {
        var places = new List<(int From, int To)>();
        for (var at = 0; at < dashes.Text.Length; at++)
        {
            if (dashes.Text[at] is '-' or '=' && (at == 0 || dashes.Text[at - 1] == ' '))
            {
                var to = dashes.Text.AsSpan(at).IndexOf(' ');
                places.Add((at, to < 0 ? int.MaxValue : at + to));
            }
        }

        var words = names.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != places.Count)
        {
            throw new UnreadableFileException($"has {words.Length} names above {places.Count} columns of dashes");
        }

        var rows = TextLines.Of(rest).Where(row => row.Number > dashes.Number && !string.IsNullOrWhiteSpace(row.Text)).Select(row => new TableRow(
            line + row.Number, [.. places.Select(place => place.From >= row.Text.Length ? "" : row.Text[place.From..Math.Min(place.To, row.Text.Length)].Trim())]));
        return new() { Columns = words, Rows = rows };
    }
}
