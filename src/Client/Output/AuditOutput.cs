using System.Globalization;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Output;

/// <summary>Who shared what where, as a table and JSON.</summary>
internal static class AuditOutput
{
    public static object Document(AuditPage page) => new
    {
        page.Total,
        Entries = page.Entries.Select(entry => new
        {
            Time = TimeText.Exact(entry.AtMicroseconds),
            entry.Who,
            entry.Action,
            entry.Destination,
            entry.Topic,
            Share = entry.ShareId?.ToString(CultureInfo.InvariantCulture),
            entry.Target,
            entry.Points,
            entry.Spectra,
            entry.Detail,
            entry.State,
        }),
    };

    public static void Show(Report report, AuditPage page, int offset)
    {
        if (page.Entries.IsEmpty)
        {
            report.Line(page.Total == 0 ? "Nothing was shared or ordered." : $"Nothing from offset {offset}; there are {page.Total:N0}.");
            return;
        }

        var table = new TextTable("=Time (UTC)", "Who", "Action", "#Share", "Target", "Destination", "#Points", "#Spectra", "State now", "Detail");
        foreach (var entry in page.Entries)
        {
            table.Row(
                TimeText.Short(entry.AtMicroseconds),
                entry.Who,
                entry.Action,
                entry.ShareId?.ToString(CultureInfo.InvariantCulture) ?? "",
                entry.Target,
                entry.Topic is { } topic ? $"{entry.Destination}:{topic}" : entry.Destination,
                entry.Points,
                entry.Spectra,
                entry.State is { } state ? ShareOutput.Word(state) : "",
                entry.Detail);
        }

        table.Show(report);
        Paging.Show(report, offset, page.Entries.Length, page.Total, "entries");
    }
}
