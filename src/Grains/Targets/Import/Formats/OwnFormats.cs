using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import.Formats;

/// <summary>What this TOM writes itself.</summary>
internal static class OwnFormats
{
    /// <summary>Its objects call a brightness that, whatever its unit.</summary>
    public static readonly RowRules Plain = new()
    {
        Magnitudes = BrightnessUnit.Magnitude,
        Columns = new Dictionary<string, ImportField> { ["id"] = ImportField.MeasurementId },
    };

    public static readonly PhotometryFormat Csv = new(
        "csv",
        "this TOM's CSV",
        text => PhotometryFormats.Columns(text).IsSupersetOf(["time", "filter", "magnitude", "flux", "unit", "limitsigma", "measurementid"]),
        HeadedTable.Read,
        new() { Apostrophes = true });

    /// <summary>The Toolkit's download as this TOM writes it, with what a Toolkit has no place for; its limiting brightness is one in a unit of its own.</summary>
    public static readonly PhotometryFormat ToolkitCsv = new(
        "toolkit-csv",
        "this TOM's CSV with the columns of the Toolkit's download",
        text => PhotometryFormats.Columns(text).IsSupersetOf(["timestamp", "datatype", "sourcename", "limitingbrightness", "limitingbrightnessunit", "measurementid"]),
        HeadedTable.Read,
        ToolFormats.Toolkit.Rules with
        {
            Apostrophes = true,
            Columns = new Dictionary<string, ImportField>(ToolFormats.Toolkit.Rules.Columns)
            {
                ["limitingbrightness"] = ImportField.FluxLimit,
                ["limitingbrightnesserror"] = ImportField.FluxLimitError,
            },
        });
}
