using TomOrleans.Grains.Targets.Import.Tables;

namespace TomOrleans.Grains.Targets.Import.Formats;

/// <summary>All formats, in the order in which they are tried.</summary>
internal static class PhotometryFormats
{
    public static readonly IReadOnlyList<PhotometryFormat> All =
    [
        new("jsonl", "this TOM's JSON Lines, or others' with one object a point", JsonLinesTable.Recognises, JsonLinesTable.Read, OwnFormats.Plain),
        new("votable", "VOTable with its values as text", VoTable.Recognises, VoTable.Read, RowRules.Plain),
        new("ecsv", "ECSV, as astropy writes it", EcsvTable.Recognises, EcsvTable.Read, RowRules.Plain),
        SurveyFormats.Ztf,
        SurveyFormats.Atlas,
        SurveyFormats.AsasSn,
        SurveyFormats.Gaia,
        OwnFormats.Csv,
        OwnFormats.ToolkitCsv,
        ToolFormats.SkyPortal,
        ToolFormats.Sncosmo,
        ToolFormats.Nmma,
        ToolFormats.Toolkit,
        ToolFormats.Table,
    ];

    /// <summary>Null where nothing is recognised.</summary>
    public static PhotometryFormat? Recognise(string text) => All.FirstOrDefault(format => format.Recognises(text));

    public static PhotometryFormat? Find(string name) => All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folded names of the columns of a table with a head; empty for a text that has none.</summary>
    public static HashSet<string> Columns(string text)
    {
        try
        {
            return [.. HeadedTable.Split(HeadedTable.FindNames(text).Names).Select(ColumnNames.Fold)];
        }
        catch (UnreadableFileException)
        {
            return [];
        }
    }
}
