using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Files that are kept with a target.</summary>
internal static class FileOutput
{
    public static object Document(Target target, IReadOnlyCollection<DataProduct> files) => new { Target = target.Name, Total = files.Count, Files = files.Select(Document) };

    public static object Document(DataProduct file) => new
    {
        Id = file.Id.ToString(CultureInfo.InvariantCulture),
        file.FileName,
        file.Type,
        file.Size,
        Created = TimeText.Exact(file.CreatedMicroseconds),
        file.CreatedBy,
        file.ProductId,
        ExtraData = file.ExtraData.Length == 0 ? null : file.ExtraData,
    };

    public static void Show(Report report, Target target, IReadOnlyCollection<DataProduct> files)
    {
        if (files.Count == 0)
        {
            report.Line(SafeText.Line($"No files are kept with {target.Name}."));
            return;
        }

        var table = new TextTable("#Id", "File", "Holds", "#Bytes", "=Since (UTC)", "By");
        foreach (var file in files)
        {
            table.Row(
                file.Id.ToString(CultureInfo.InvariantCulture),
                file.FileName,
                file.Type,
                file.Size.ToString("N0", CultureInfo.InvariantCulture),
                TimeText.Short(file.CreatedMicroseconds),
                file.CreatedBy);
        }

        table.Show(report);
    }
}
