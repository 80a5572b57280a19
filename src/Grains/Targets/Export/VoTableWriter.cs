using System.Security;
using System.Text;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>VOTable 1.4 (IVOA, https://www.ivoa.net/documents/VOTable/20191021/) with TABLEDATA; absent values are empty cells.</summary>
internal sealed class VoTableWriter : IPhotometryFileWriter
{
    public bool HoldsRetracted => false;

    public void Head(StringBuilder text, Target target)
    {
        text.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<VOTABLE version=\"1.4\" xmlns=\"http://www.ivoa.net/xml/VOTable/v1.3\">\n<RESOURCE type=\"results\">\n")
            .Append("<TIMESYS ID=\"utc\" timescale=\"UTC\" timeorigin=\"MJD-origin\" refposition=\"TOPOCENTER\"/>\n")
            .Append("<TABLE name=\"photometry\">\n<DESCRIPTION>Photometry of ").Append(Escape(target.Name)).Append("</DESCRIPTION>\n");
        foreach (var column in ExportRow.Columns)
        {
            text.Append("<FIELD name=\"").Append(column.Name).Append(column.IsNumber ? "\" datatype=\"double\"" : "\" datatype=\"unicodeChar\" arraysize=\"*\"")
                .Append(column.Unit is null ? "" : $" unit=\"{column.Unit}\"").Append(column.Name == "mjd" ? " ref=\"utc\"" : "")
                .Append("><DESCRIPTION>").Append(column.About).Append("</DESCRIPTION></FIELD>\n");
        }

        text.Append("<DATA><TABLEDATA>\n");
    }

    public void Point(StringBuilder text, Target target, PhotometryPoint point)
    {
        text.Append("<TR>");
        foreach (var column in ExportRow.Columns)
        {
            text.Append("<TD>").Append(Escape(column.Text(point))).Append("</TD>");
        }

        text.Append("</TR>\n");
    }

    public void Foot(StringBuilder text) => text.Append("</TABLEDATA></DATA>\n</TABLE>\n</RESOURCE>\n</VOTABLE>\n");

    private static string? Escape(string text) => SecurityElement.Escape(CsvText.OneLine(text));
}
