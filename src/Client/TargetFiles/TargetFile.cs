using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.TargetFiles;

/// <summary>
/// Targets in a table with a line of column names, as the TOM Toolkit takes and gives them. Commas, semicolons, tabs or bars between values; lines that begin with <c>#</c> are comments. Pure.
/// </summary>
internal static class TargetFile
{
    private const int LongestValue = 20_000;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Throws <see cref="RefusedException"/> where it is no such table; of single rows it tells.</summary>
    public static IReadOnlyList<TargetLine> Read(string text)
    {
        var isBad = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text).ToString(),
            AllowComments = true,
            Comment = '#',
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.Trim,

            // What parts values is not trimmed off them.
            WhiteSpaceChars = [' '],
            MaxFieldSize = LongestValue,
            BadDataFound = _ => isBad = true,
        });
        var lines = new List<TargetLine>();
        try
        {
            var columns = parser.Read() ? Columns(parser.Record!) : throw new RefusedException("the file has no line of column names");
            while (parser.Read())
            {
                var number = parser.RawRow - parser.RawRecord.AsSpan().Trim("\r\n").Count('\n');
                lines.Add(isBad ? new(number, null, null, "has a quote in the middle of a value") : Line(number, parser.Record!, columns));
                isBad = false;
            }
        }
        catch (MaxFieldSizeException)
        {
            throw new RefusedException($"a value of more than {LongestValue:N0} characters near line {parser.RawRow:N0}: likely a quote is not closed");
        }

        return lines;
    }

    /// <summary>What parts the column names.</summary>
    private static char DelimiterOf(string text)
    {
        using var lines = new StringReader(text);
        var names = lines.ReadLine();
        while (names is not null && (string.IsNullOrWhiteSpace(names) || names.StartsWith('#')))
        {
            names = lines.ReadLine();
        }

        return Delimiters.MaxBy(delimiter => (names ?? "").AsSpan().Count(delimiter));
    }

    private static TargetColumn[] Columns(string[] headings)
    {
        // A mark that some editors put at a file's beginning.
        headings[0] = headings[0].TrimStart('\uFEFF');
        var columns = headings.Select(TargetColumn.Of).ToArray();
        if (columns.Where(column => column.Key is not null).GroupBy(column => column.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new RefusedException($"two columns say the same: {string.Join(", ", twice.Select(column => $"'{SafeText.Line(column.Heading)}'"))}");
        }

        return columns.Any(column => column.Key == TargetColumn.Name)
            ? columns
            : throw new RefusedException($"no column is called 'name'; there are: {string.Join(", ", headings.Select(heading => $"'{SafeText.Line(heading)}'"))}");
    }

    private static TargetLine Line(int number, string[] cells, TargetColumn[] columns)
    {
        if (cells.Length != columns.Length)
        {
            return new(number, null, null, $"has {Counted.Of(cells.Length, "value")} for {columns.Length} columns");
        }

        var draft = new TargetDraft { Name = "" };
        foreach (var (column, cell) in columns.Zip(cells).Where(pair => pair.Second.Length > 0))
        {
            (draft, var fault) = column.Read(draft, cell);
            if (fault is not null)
            {
                return new(number, draft.Name.Length == 0 ? null : draft.Name, null, $"{column.Heading}: {fault}");
            }
        }

        return draft.Name.Length == 0 ? new(number, null, null, "has no name")
            : draft is { Type: TargetType.Sidereal, RightAscensionDegrees: null } or { Type: TargetType.Sidereal, DeclinationDegrees: null } ? new(number, draft.Name, null, "a sidereal target needs ra and dec")
            : new(number, draft.Name, draft, null);
    }
}
