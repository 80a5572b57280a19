using Spectre.Console;

namespace TomOrleans.Client.Output;

/// <summary>
/// A table of plain texts: every cell is escaped, none is read as markup. On a terminal too narrow for it empty columns are left out and long texts folded, and
/// where even that does not do the rows become records of one line a column: nothing is ever cut off.
/// </summary>
/// <param name="columns">
/// Titles. One that begins with <c>#</c> is a column of numbers, right-aligned; one with <c>=</c> holds texts of a form (times, states). Neither is ever folded.
/// </param>
internal sealed class TextTable(params string[] columns)
{
    private const int Gap = 2;

    private const int NarrowestFold = 10;

    private static readonly Style Title = new(decoration: Decoration.Bold);

    private readonly List<Cell[]> _rows = [];

    private bool _isFacts;

    /// <summary>Names on the left, what they are on the right.</summary>
    public static TextTable OfFacts() => new("=", "") { _isFacts = true };

    public TextTable Row(params ReadOnlySpan<Cell> cells)
    {
        var row = new Cell[cells.Length];
        for (var at = 0; at < cells.Length; at++)
        {
            row[at] = cells[at] with { Text = SafeText.Line(cells[at].Text) };
        }

        _rows.Add(row);
        return this;
    }

    public void Show(Report report)
    {
        int[] all = [.. Enumerable.Range(0, columns.Length)];
        if (_isFacts || !report.Surroundings.OutIsTerminal || SmallestWidth(all) <= report.Surroundings.Width)
        {
            report.Show(Build(all));
            return;
        }

        int[] filled = [.. all.Where(at => _rows.Any(row => row[at].Text!.Length > 0))];
        if (SmallestWidth(filled) <= report.Surroundings.Width)
        {
            report.Show(Build(filled));
            return;
        }

        foreach (var row in _rows)
        {
            var record = OfFacts();
            foreach (var at in filled)
            {
                record.Row(TitleOf(columns[at]), row[at]);
            }

            record.Show(report);
            report.Line();
        }
    }

    private Table Build(int[] shown)
    {
        var table = new Table { Border = _isFacts ? TableBorder.None : TableBorder.Simple, ShowHeaders = !_isFacts };
        foreach (var at in shown)
        {
            // The border itself is one blank between columns; without border there is none.
            var gap = at == shown[^1] ? 0 : _isFacts ? Gap : Gap - 1;
            table.AddColumn(new TableColumn(new Text(TitleOf(columns[at]), Title))
            {
                Alignment = columns[at].StartsWith('#') ? Justify.Right : Justify.Left,
                NoWrap = IsFixed(columns[at]),
                Padding = new(0, 0, gap, 0),
            });
        }

        foreach (var row in _rows)
        {
            table.AddRow(shown.Select(at => new Text(row[at].Text!, row[at].Look ?? Style.Plain)));
        }

        return table;
    }

    private int SmallestWidth(int[] shown) => shown.Sum(at =>
    {
        var width = _rows.Select(row => row[at].Text!.Length).Append(TitleOf(columns[at]).Length).Max();
        return Gap + (IsFixed(columns[at]) ? width : Math.Min(width, NarrowestFold));
    });

    private static bool IsFixed(string column) => column.StartsWith('#') || column.StartsWith('=');

    private static string TitleOf(string column) => IsFixed(column) ? column[1..] : column;
}
