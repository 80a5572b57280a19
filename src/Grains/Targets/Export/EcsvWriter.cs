using System.Text;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>ECSV 1.0 with commas, as astropy reads it: empty cells are masked.</summary>
internal sealed class EcsvWriter : IPhotometryFileWriter
{
    public bool HoldsRetracted => false;

    public void Head(StringBuilder text, Target target)
    {
        text.Append("# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n");
        foreach (var column in ExportRow.Columns)
        {
            text.Append("# - {name: ").Append(column.Name).Append(column.Unit is null ? "" : $", unit: {column.Unit}")
                .Append(", datatype: ").Append(column.IsNumber ? "float64" : "string")
                .Append(column.About.Length > 0 ? $", description: '{column.About.Replace("'", "''", StringComparison.Ordinal)}'" : "").Append("}\n");
        }

        text.Append("# meta: {target: '").Append(CsvText.OneLine(target.Name).Replace("'", "''", StringComparison.Ordinal)).Append("', timescale: utc}\n# schema: astropy-2.0\n");
        text.AppendJoin(',', ExportRow.Columns.Select(column => column.Name)).Append('\n');
    }

    public void Point(StringBuilder text, Target target, PhotometryPoint point) =>
        text.AppendJoin(',', ExportRow.Columns.Select(column => column.IsNumber ? column.Text(point) : CsvText.Quoted(CsvText.OneLine(column.Text(point))))).Append('\n');

    public void Foot(StringBuilder text)
    {
    }
}
