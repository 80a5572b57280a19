using System.Text;

namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>
/// Enhanced Character-Separated Values (APE 6, https://github.com/astropy/astropy-APEs/blob/main/APE6.rst): a YAML head behind <c># </c>, a line of names, rows between blanks or commas.
/// </summary>
/// <remarks><c># %ECSV 1.0</c>, <c># ---</c>, <c># datatype:</c>, <c># - {name: mjd, unit: d, datatype: float64}</c>, then <c>mjd mag</c>, <c>60000.5 18.2</c>.</remarks>
internal static class EcsvTable
{
    public static bool Recognises(string text) => text.StartsWith("# %ECSV", StringComparison.Ordinal);

    public static FileTable Read(string text)
    {
        var head = new StringBuilder();
        foreach (var (number, line, next) in TextLines.Of(text))
        {
            if (line.StartsWith('#'))
            {
                head.AppendLine(number == 1 ? "" : line.Length > 2 ? line[2..] : "");
                continue;
            }

            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var facts = EcsvHead.Read(head.ToString());
            var columns = DelimitedTable.Rows(line, number, facts.Delimiter, 0).First().Cells;
            return new()
            {
                Columns = columns,
                Units = [.. columns.Select(facts.Unit)],
                TimeScales = [.. columns.Select(facts.TimeScale)],
                Rows = DelimitedTable.Rows(text[next..], number + 1, facts.Delimiter, columns.Length),
            };
        }

        throw new UnreadableFileException("has an ECSV head and no rows");
    }
}
