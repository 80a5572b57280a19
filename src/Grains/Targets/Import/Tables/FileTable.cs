namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>A file taken apart into rows of texts, whatever its form.</summary>
internal sealed record FileTable
{
    /// <summary>Names of the columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Units of the columns as the file states them; null where it states none. As long as <see cref="Columns"/>, or empty.</summary>
    public IReadOnlyList<string?> Units { get; init; } = [];

    /// <summary>In the order of the file. Read once.</summary>
    public required IEnumerable<TableRow> Rows { get; init; }

    /// <summary>What the columns' times count, as the file states it; null where it states nothing. As long as <see cref="Columns"/>, or empty.</summary>
    public IReadOnlyList<string?> TimeScales { get; init; } = [];
}

/// <summary>A row as it stands in the file.</summary>
/// <param name="Line">Line it begins on, from 1.</param>
/// <param name="Cells">One text a column; empty for nothing.</param>
/// <param name="Fault">Why it cannot be taken apart; null when it can.</param>
internal readonly record struct TableRow(int Line, string[] Cells, string? Fault = null);

/// <summary>The file as a whole cannot be read; the message says why, in words that follow the file's name.</summary>
internal sealed class UnreadableFileException(string reason) : Exception(reason);
