using System.Text;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>This TOM's CSV: the columns of <see cref="ExportRow"/>, safe in a spreadsheet.</summary>
internal sealed class CsvWriter : IPhotometryFileWriter
{
    public bool HoldsRetracted => false;

    public void Head(StringBuilder text, Target target) => text.AppendJoin(',', ExportRow.Columns.Select(column => column.Name)).Append('\n');

    public void Point(StringBuilder text, Target target, PhotometryPoint point)
    {
        for (var i = 0; i < ExportRow.Columns.Count; i++)
        {
            var column = ExportRow.Columns[i];
            var cell = column.Text(point);
            text.Append(i == 0 ? "" : ",").Append(column.IsNumber ? cell : CsvText.Safe(CsvText.OneLine(cell)));
        }

        text.Append('\n');
    }

    public void Foot(StringBuilder text)
    {
    }
}
