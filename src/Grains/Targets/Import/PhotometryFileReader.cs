using TomOrleans.Grains.Targets.Import.Formats;
using TomOrleans.Grains.Targets.Import.Tables;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>From the bytes of a file to points and reasons. Pure.</summary>
internal static class PhotometryFileReader
{
    /// <summary>Throws <see cref="UnreadableFileException"/> for a file that cannot be read at all.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="formatName">Name of its format; null to recognise it.</param>
    /// <param name="defaults">What holds for rows that do not say.</param>
    public static ReadFile Read(ReadOnlySpan<byte> bytes, string? formatName, ImportDefaults defaults)
    {
        var text = TextLines.Decode(bytes);
        var format = formatName is null
            ? PhotometryFormats.Recognise(text) ?? (defaults.Columns.Count > 0 ? ToolFormats.Table : throw new UnreadableFileException(
                $"is in no format that is recognised; say which (--format {string.Join(", ", PhotometryFormats.All.Select(known => known.Name))}), or name its columns (--map COLUMN=FIELD)"))
            : PhotometryFormats.Find(formatName) ?? throw new UnreadableFileException(
                $"cannot be read as {QuotedText.Of(formatName)}: the formats are {string.Join(", ", PhotometryFormats.All.Select(known => known.Name))}");
        var table = format.Table(text);
        var plan = ColumnPlan.Of(table, format.Rules, defaults);
        var reader = new PointReader(plan, format.Rules, defaults);
        var rows = table.Rows.Select(reader.Read).ToList();
        return rows.Count > 0 ? new(format.Name, rows, [.. plan.Remarks, .. LeapSecondRemarks.Of(rows)]) : throw new UnreadableFileException("has no rows");
    }
}
