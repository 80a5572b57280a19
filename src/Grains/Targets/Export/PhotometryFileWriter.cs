using System.Text;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>A form of file: head, a text for each point, foot.</summary>
internal interface IPhotometryFileWriter
{
    /// <summary>True where withdrawn points are written, marked; else they are left out.</summary>
    bool HoldsRetracted { get; }

    void Head(StringBuilder text, Target target);

    void Point(StringBuilder text, Target target, PhotometryPoint point);

    void Foot(StringBuilder text);
}

/// <summary>Writers by form.</summary>
internal static class PhotometryFileWriters
{
    public static IPhotometryFileWriter Of(PhotometryFileFormat format) => format switch
    {
        PhotometryFileFormat.Csv => new CsvWriter(),
        PhotometryFileFormat.ToolkitCsv => new ToolkitCsvWriter(),
        PhotometryFileFormat.Ecsv => new EcsvWriter(),
        PhotometryFileFormat.VoTable => new VoTableWriter(),
        PhotometryFileFormat.JsonLines => new JsonLinesWriter(),
        _ => throw new TomException(TomFault.Invalid, $"There is no form {(int)format} of a file."),
    };

    /// <summary>A page of the file: the points from one place on.</summary>
    /// <param name="format">Its form.</param>
    /// <param name="target">Whose points.</param>
    /// <param name="points">All of them, in time order.</param>
    /// <param name="from">The first of the page.</param>
    /// <param name="most">Points of a page.</param>
    public static PhotometryFilePage Page(PhotometryFileFormat format, Target target, IReadOnlyList<PhotometryPoint> points, int from, int most)
    {
        var writer = Of(format);
        var text = new StringBuilder();
        if (from == 0)
        {
            writer.Head(text, target);
        }

        var (written, leftOut) = (0, 0);
        var end = Math.Min(points.Count, from + most);
        for (var i = from; i < end; i++)
        {
            if (points[i].IsRetracted && !writer.HoldsRetracted)
            {
                leftOut++;
                continue;
            }

            writer.Point(text, target, points[i]);
            written++;
        }

        var isLast = end >= points.Count;
        if (isLast)
        {
            writer.Foot(text);
        }

        return new(Encoding.UTF8.GetBytes(text.ToString()), isLast ? null : end, written, leftOut);
    }
}
