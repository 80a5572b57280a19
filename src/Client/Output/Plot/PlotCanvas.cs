using System.Text;

namespace TomOrleans.Client.Output.Plot;

/// <summary>How a piece of the plot is coloured: plain, pale, or as a band.</summary>
internal readonly record struct Ink(char Band, bool IsPale = false)
{
    public static readonly Ink Plain = new('\0');

    public static readonly Ink Pale = new('\0', IsPale: true);

    public bool IsPlain => this == Plain;
}

/// <summary>A line of text in pieces of one ink each.</summary>
internal sealed record PlotLine(IReadOnlyList<(string Text, Ink Ink)> Pieces)
{
    public static PlotLine Of(string text) => new([(text, Ink.Plain)]);

    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text));
}

/// <summary>A grid of characters with ink. Whatever falls outside is not drawn.</summary>
internal sealed class PlotCanvas(int columns, int rows)
{
    private readonly (char Mark, Ink Ink)[,] _cells = new (char, Ink)[rows, columns];

    public void Draw(int column, int row, char mark, Ink ink)
    {
        if (column >= 0 && column < columns && row >= 0 && row < rows)
        {
            _cells[row, column] = (mark, ink);
        }
    }

    /// <summary>The row's pieces, without blanks at its end.</summary>
    public IEnumerable<(string Text, Ink Ink)> Row(int row)
    {
        var end = columns;
        while (end > 0 && _cells[row, end - 1].Mark == '\0')
        {
            end--;
        }

        var piece = new StringBuilder();
        for (var column = 0; column < end; column++)
        {
            var (mark, ink) = _cells[row, column];
            piece.Append(mark == '\0' ? ' ' : mark);
            if (column == end - 1 || _cells[row, column + 1].Ink != ink)
            {
                yield return (piece.ToString(), ink);
                piece.Clear();
            }
        }
    }
}
