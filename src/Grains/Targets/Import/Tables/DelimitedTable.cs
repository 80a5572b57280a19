using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>Rows of values between delimiters, quoted where they hold one (RFC 4180). Lines that begin with <c>#</c> are comments.</summary>
internal static class DelimitedTable
{
    private const int LongestField = 20_000;
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <summary>The delimiter of a line of names; null where it has none.</summary>
    public static char? DelimiterOf(string line)
    {
        var best = Delimiters.MaxBy(delimiter => line.AsSpan().Count(delimiter));
        return line.Contains(best, StringComparison.Ordinal) ? best : null;
    }

    /// <param name="text">What follows the line of names.</param>
    /// <param name="firstLine">The number of its first line.</param>
    /// <param name="delimiter">Between values.</param>
    /// <param name="columns">How many values a row has.</param>
    public static IEnumerable<TableRow> Rows(string text, int firstLine, char delimiter, int columns)
    {
        var bad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            AllowComments = true,
            Comment = '#',
            HasHeaderRecord = false,
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.Trim,

            // What parts values is not trimmed off them.
            WhiteSpaceChars = delimiter == ' ' ? ['\t'] : [' '],
            MaxFieldSize = LongestField,
            BadDataFound = _ => bad = true,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        while (true)
        {
            bad = false;
            bool more;
            try
            {
                more = parser.Read();
            }
            catch (MaxFieldSizeException)
            {
                throw new UnreadableFileException($"has a value of more than {LongestField:N0} characters near line {firstLine + parser.RawRow}: likely a quote is not closed");
            }

            if (!more)
            {
                yield break;
            }

            var cells = parser.Record!;
            var lines = parser.RawRecord.AsSpan().TrimEnd("\r\n").Count('\n');
            yield return new(firstLine + parser.RawRow - 1 - lines, cells, bad ? "has a quote in the middle of a value" : Count(cells, columns));
        }
    }

    /// <summary>Why a row with this many values cannot be read; null where it can.</summary>
    public static string? Count(string[] cells, int columns) =>
        cells.Length == columns ? null : $"has {cells.Length} value{(cells.Length == 1 ? "" : "s")} for {columns} columns";
}
