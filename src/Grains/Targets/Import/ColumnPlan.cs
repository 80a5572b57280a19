using TomOrleans.Grains.Targets.Files;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>Which column of a file is read for which field.</summary>
internal sealed class ColumnPlan
{
    private readonly int[] _places = new int[Enum.GetValues<ImportField>().Length];
    private readonly StatedUnit?[] _units = new StatedUnit?[Enum.GetValues<ImportField>().Length];
    private readonly string?[] _scales = new string?[Enum.GetValues<ImportField>().Length];
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
            plan._scales[(int)group.Key] = ScaleOf(table, chosen.Place);
            plan.IsBrightness |= group.Key == ImportField.Magnitude && chosen.Rank >= 0 && ColumnNames.Fold(table.Columns[chosen.Place]) == "brightness";
            plan._remarks.Add($"column {QuotedText.Of(table.Columns[chosen.Place])} is {group.Key.ToString().ToLowerInvariant()}{Counted(group.Key, plan.TimeScale(group.Key))}");
        }

        if (unread.Count > 0)
        {
            plan._remarks.Add($"not read: {string.Join(", ", unread.Select(name => QuotedText.Of(name)))}");
        }

        return plan;
    }

    public bool Has(ImportField field) => _places[(int)field] >= 0;

    /// <summary>True where the column of magnitudes is called "brightness": without a unit that could as well be a flux.</summary>
    public bool IsBrightness { get; private set; }

    /// <summary>The unit that the column states; null where it states none.</summary>
    public StatedUnit? Unit(ImportField field) => _units[(int)field];

    /// <summary>What the column's times count, as the file states it; null where it states nothing.</summary>
    public string? TimeScale(ImportField field) => _scales[(int)field];

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
    private static StatedUnit? UnitOf(FileTable table, int place)
    {
        var stated = table.Units.Count > place ? table.Units[place]?.Trim() : null;

        // Dashes are how some write that there is none.
        var text = string.IsNullOrEmpty(stated?.Trim('-')) ? UnitInName(table.Columns[place]) : stated;
        return text is null ? null : new(text, UnitNames.Read(text));
    }

    /// <summary>A capital M is mega, or a name in capitals: it is never taken for milli.</summary>
    private static string? UnitInName(string column)
    {
        var letters = string.Concat(column.Where(char.IsAsciiLetterOrDigit));
        return letters switch
        {
            _ when letters.EndsWith("mjy", StringComparison.OrdinalIgnoreCase) => letters[^3] == 'm' ? "mJy" : letters[^3..],
            _ when letters.EndsWith("ujy", StringComparison.OrdinalIgnoreCase) => "uJy",
            _ when letters.EndsWith("njy", StringComparison.OrdinalIgnoreCase) || letters.StartsWith("psfflux", StringComparison.OrdinalIgnoreCase) => "nJy",
            _ => null,
        };
    }

    /// <summary>A name that says UTC (<c>mjd_utc</c>) is nearer than what the file says of all times.</summary>
    private static string? ScaleOf(FileTable table, int place) =>
        ColumnNames.Fold(table.Columns[place]).EndsWith("utc", StringComparison.Ordinal) ? "UTC" : table.TimeScales.Count > place ? table.TimeScales[place] : null;

    private static string Counted(ImportField field, string? scale) =>
        field is ImportField.Time or ImportField.Mjd or ImportField.Jd && scale is not null ? $", counted in {QuotedText.Of(scale)}" : "";
}

/// <summary>A unit that a column states, as it is written; null for <paramref name="Known"/> where that is no unit of brightness that is known here.</summary>
internal readonly record struct StatedUnit(string Text, BrightnessUnit? Known);
