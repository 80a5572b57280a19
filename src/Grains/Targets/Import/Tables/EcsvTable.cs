using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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

            var (delimiter, units) = Head(head.ToString());
            var columns = DelimitedTable.Rows(line, number, delimiter, 0).First().Cells;
            return new()
            {
                Columns = columns,
                Units = [.. columns.Select(column => units.GetValueOrDefault(column))],
                Rows = DelimitedTable.Rows(text[next..], number + 1, delimiter, columns.Length),
            };
        }

        throw new UnreadableFileException("has an ECSV head and no rows");
    }

    private static (char Delimiter, Dictionary<string, string> Units) Head(string yaml)
    {
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        var delimiter = ' ';
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
            {
                throw new UnreadableFileException("has an ECSV head that is no YAML mapping");
            }

            if (root.Children.TryGetValue("delimiter", out var given) && given is YamlScalarNode { Value: [var character] })
            {
                delimiter = character;
            }

            foreach (var column in root.Children.TryGetValue("datatype", out var list) && list is YamlSequenceNode columns ? columns.OfType<YamlMappingNode>() : [])
            {
                if (column.Children.TryGetValue("name", out var name) && column.Children.TryGetValue("unit", out var unit))
                {
                    units[name.ToString()] = unit.ToString();
                }
            }
        }
        catch (YamlException fault)
        {
            throw new UnreadableFileException($"has an ECSV head that is no YAML (line {fault.Start.Line})");
        }

        return (delimiter, units);
    }
}
