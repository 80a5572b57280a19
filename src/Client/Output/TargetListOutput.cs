using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Named lists as a table and as JSON.</summary>
internal static class TargetListOutput
{
    public static object Document(TargetList list) => new
    {
        Id = list.Id.ToString(CultureInfo.InvariantCulture),
        list.Name,
        list.Targets,
        Created = TimeText.Exact(list.CreatedMicroseconds),
        list.CreatedBy,
    };

    public static void Show(Report report, ImmutableArray<TargetList> lists)
    {
        if (lists.IsEmpty)
        {
            report.Line("No lists; one is made with: tom list add LIST NAME...");
            return;
        }

        var table = new TextTable("List", "#Targets", "=Made", "By");
        foreach (var list in lists)
        {
            table.Row(list.Name, list.Targets, TimeText.Short(list.CreatedMicroseconds), list.CreatedBy);
        }

        table.Show(report);
    }
}
