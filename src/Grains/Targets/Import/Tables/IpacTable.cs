namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>
/// An IPAC table (https://irsa.ipac.caltech.edu/applications/DDGEN/Doc/ipac_tbl.html): lines <c>\\key = value</c>, names between bars whose places are the columns' places, up to three more such lines
/// (types, units, what stands for nothing), rows.
/// </summary>
internal static class IpacTable
{
    public static bool Recognises(string text) => TextLines.Of(text).Select(line => line.Text).FirstOrDefault(line => line.Length > 0 && line[0] is not '\\') is ['|', ..];

    public static FileTable Read(string text)
    {
        var heads = new List<(int Number, string Text)>();
        var from = 0;
        var first = 1;
        foreach (var (number, line, next) in TextLines.Of(text))
        {
            if (line.StartsWith('|'))
            {
                heads.Add((number, line));
            }
            else if (!line.StartsWith('\\') && line.Length > 0)
            {
                break;
            }

            (from, first) = (next, number + 1);
        }

        var bars = Enumerable.Range(0, heads[0].Text.Length).Where(at => heads[0].Text[at] == '|').ToArray();
        string[] Cells(string line) => [.. bars.Zip(bars.Skip(1), (bar, end) => bar >= line.Length ? "" : line[Math.Min(bar + 1, line.Length)..Math.Min(end, line.Length)].Trim())];
        var columns = Cells(heads[0].Text);
        var nulls = heads.Count > 3 ? Cells(heads[3].Text) : new string[columns.Length];
        return new()
        {
            Columns = columns,
            Units = heads.Count > 2 ? [.. Cells(heads[2].Text).Select(unit => unit.Length > 0 ? unit : null)] : [],
            Rows = TextLines.Of(text[from..]).Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => Row(line, first, Cells(line.Text), nulls, bars[^1])),
        };
    }

    private static TableRow Row((int Number, string Text, int Next) line, int first, string[] cells, string[] nulls, int end)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = cells[i] == nulls[i] || cells[i] == "null" ? "" : cells[i];
        }

        return new(first + line.Number - 1, cells, line.Text.TrimEnd().Length > end ? "reaches beyond the last column" : null);
    }
}
