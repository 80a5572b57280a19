using TomOrleans.Grains.Targets.Files;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>Which column of a file is read for which field.</summary>
internal sealed class ColumnPlan
{
    private readonly int[] _places = new int[Enum.GetValues<ImportField>().Length];
    private readonly BrightnessUnit?[] _units = new BrightnessUnit?[Enum.GetValues<ImportField>().Length];
    private readonly List<string> _remarks = [];

    private ColumnPlan() => Array.Fill(_places, -1);

    /// <summary>For a person: what was taken for what, and what is not read.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Throws <see cref="UnreadableFileException"/> for a mapping of a column that is not there.</summary>
    public static ColumnPlan Of(FileTable table, RowRules rules, ImportDefaults defaults)
    {
        var plan = new ColumnPlan();
        var fields = table.Columns.Select(name => Find(name, rules)).ToArray();
        foreach (var (name, field) in defaults.Columns)
        {
            fields[PlaceOf(name, table.Columns)] = (field, -1);
        }

        var unread = new List<string>();
        foreach (var group in fields.Select((found, place) => (found.Field, found.Rank, Place: place)).GroupBy(found => found.Field))
        {
            var chosen = group.OrderBy(found => found.Rank).ThenBy(found => found.Place).First();
            unread.AddRange(group.Where(found => group.Key == ImportField.Ignore || found != chosen).Select(found => table.Columns[found.Place]));
            if (group.Key == ImportField.Ignore)
            {
                continue;
            }

            plan._places[(int)group.Key] = chosen.Place;
            plan._units[(int)group.Key] = UnitOf(table, chosen.Place);
            plan._remarks.Add($"column {QuotedText.Of(table.Columns[chosen.Place])} is {group.Key.ToString().ToLowerInvariant()}");
        }

        if (unread.Count > 0)
        {
            plan._remarks.Add($"not read: {string.Join(", ", unread.Select(name => QuotedText.Of(name)))}");
        }

        return plan;
    }

    public bool Has(ImportField field) => _places[(int)field] >= 0;

    /// <summary>The unit that the column states; null where it states none.</summary>
    public BrightnessUnit? Unit(ImportField field) => _units[(int)field];

    /// <summary>The text of a field; empty where there is none.</summary>
    public string Cell(string[] cells, ImportField field) => _places[(int)field] is >= 0 and var place && place < cells.Length ? cells[place] : "";

    private static (ImportField Field, int Rank) Find(string name, RowRules rules) =>
        rules.Columns.TryGetValue(ColumnNames.Fold(name), out var field) ? (field, -1) : ColumnNames.Find(name);

    private static int PlaceOf(string name, IReadOnlyList<string> columns)
    {
        var exact = columns.Select((column, place) => (column, place)).Where(entry => entry.column.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.place).ToList();
        return exact is [var place, ..] ? place
            : int.TryParse(name, out var number) && number >= 1 && number <= columns.Count ? number - 1
            : throw new UnreadableFileException($"has no column {QuotedText.Of(name)}; it has {string.Join(", ", columns.Select(column => QuotedText.Of(column)))}");
    }

    /// <summary>As the file states it for the column, else as the column's name does: <c>flux (mJy)</c>, <c>uJy</c>.</summary>
    private static BrightnessUnit? UnitOf(FileTable table, int place)
    {
        if (table.Units.Count > place && table.Units[place] is { } stated)
        {
            return UnitNames.Read(stated);
        }

        var folded = ColumnNames.Fold(table.Columns[place]);
        return folded switch
        {
            _ when folded.EndsWith("ujy", StringComparison.Ordinal) => BrightnessUnit.Microjansky,
            _ when folded.EndsWith("mjy", StringComparison.Ordinal) => BrightnessUnit.Millijansky,
            _ when folded.EndsWith("njy", StringComparison.Ordinal) || folded.StartsWith("psfflux", StringComparison.Ordinal) => BrightnessUnit.Nanojansky,
            _ => null,
        };
    }
}
