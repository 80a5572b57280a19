using TomOrleans.Grains.Targets.Import.Tables;

namespace TomOrleans.Grains.Targets.Import.Formats;

/// <summary>What this TOM writes itself.</summary>
internal static class OwnFormats
{
    /// <summary>Its objects call a brightness that, whatever its unit.</summary>
    public static readonly RowRules Plain = new()
    {
        Columns = new Dictionary<string, ImportField> { ["brightness"] = ImportField.Magnitude, ["id"] = ImportField.MeasurementId },
    };

    public static readonly PhotometryFormat Csv = new(
        "csv",
        "this TOM's CSV",
        text => PhotometryFormats.Columns(text).IsSupersetOf(["time", "filter", "magnitude", "flux", "unit", "limitsigma", "measurementid"]),
        HeadedTable.Read,
        new() { Apostrophes = true });
}
