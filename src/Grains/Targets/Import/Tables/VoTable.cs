using System.Xml;

namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>The first table of a VOTable (IVOA, https://www.ivoa.net/documents/VOTable/), version 1.1 to 1.5, whose rows are text (TABLEDATA).</summary>
internal static class VoTable
{
    private const int MostColumns = 1_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersFromEntities = 10_000,
    };

    public static bool Recognises(string text) =>
        text.AsSpan().TrimStart().StartsWith("<") && text.AsSpan(0, Math.Min(text.Length, 4_000)).Contains("VOTABLE", StringComparison.Ordinal);

    public static FileTable Read(string text)
    {
        var columns = new List<string>();
        var units = new List<string?>();
        var numbers = new List<bool>();
        var times = new VoTableTimes();
        var rows = new List<TableRow>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "TABLE" })
                    {
                        break;
                    }

                    continue;
                }

                switch (reader.LocalName)
                {
                    case "FIELD" when columns.Count < MostColumns:
                        columns.Add(reader.GetAttribute("name") ?? $"column{columns.Count + 1}");
                        units.Add(reader.GetAttribute("unit"));
                        numbers.Add(reader.GetAttribute("datatype") is "double" or "float");
                        times.AddColumn(reader.GetAttribute("ref"));
                        break;
                    case "TIMESYS":
                        times.AddSystem(reader.GetAttribute("ID"), reader.GetAttribute("timescale"), reader.GetAttribute("timeorigin"), reader.GetAttribute("refposition"));
                        break;
                    case "BINARY" or "BINARY2" or "FITS":
                        throw new UnreadableFileException($"is a VOTable with {reader.LocalName} data; only TABLEDATA is read: write it with tabledata, say by astropy's format='votable', tabledata_format='tabledata'");
                    case "TR":
                        rows.Add(Row(reader, numbers));
                        break;
                }
            }
        }
        catch (XmlException fault)
        {
            throw new UnreadableFileException($"is no well-formed XML (line {fault.LineNumber}, column {fault.LinePosition})");
        }

        return columns.Count > 0 ? new() { Columns = columns, Units = units, Rows = rows, TimeScales = times.OfColumns } : throw new UnreadableFileException("is a VOTable without a table");
    }

    private static TableRow Row(XmlReader reader, List<bool> numbers)
    {
        var line = ((IXmlLineInfo)reader).LineNumber;
        var cells = new List<string>(numbers.Count);
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            reader.Read();
            while (reader.Depth > depth)
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "TD" })
                {
                    // Reads past the end tag.
                    var cell = reader.ReadElementContentAsString().Trim();

                    // NaN is what a VOTable calls an absent number.
                    cells.Add(cells.Count < numbers.Count && numbers[cells.Count] && cell.Equals("NaN", StringComparison.OrdinalIgnoreCase) ? "" : cell);
                }
                else
                {
                    reader.Read();
                }
            }
        }

        string[] row = [.. cells];
        return new(line, row, DelimitedTable.Count(row, numbers.Count));
    }
}
