using System.Text;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary><c>submit_message/plaintext/</c>: the message as an astronomer would write it into a circular, with a table for each of its own.</summary>
internal static class PlaintextEndpoint
{
    private static readonly (string Title, string Table, string[] Columns)[] Sections =
    [
        ("Targets", "targets", ["name", "ra", "dec"]),
        ("Photometry", "photometry",
            ["target_name", "date_obs", "brightness", "brightness_error", "limiting_brightness", "bandpass", "telescope", "instrument"]),
        ("Spectroscopy", "spectroscopy", ["target_name", "date_obs", "telescope", "instrument"]),
        ("Astrometry", "astrometry", ["target_name", "date_obs", "ra", "dec", "telescope", "instrument"]),
    ];

    public static async Task<Answer> HandleAsync(Exchange exchange)
    {
        var body = await SubmittedBody.ReadAsync(exchange.Request, exchange.Body);
        var message = body.Json as WireObject ?? [];
        var text = new StringBuilder($"{PythonText.Str(message.Get("authors"))} reports:\n\n{PythonText.Str(message.Get("message_text"))}\n\n");
        var data = message.Get("data") as WireObject ?? [];
        foreach (var (title, table, columns) in Sections)
        {
            var rows = (data.Get(table) as WireList ?? []).OfType<WireObject>().ToList();
            if (rows.Count > 0)
            {
                text.Append("# ").Append(title).Append('\n');
                AppendTable(text, rows, columns);
                text.Append('\n');
            }
        }

        return Answer.Json(200, text.ToString());
    }

    private static void AppendTable(StringBuilder text, List<WireObject> rows, string[] columns)
    {
        var shown = columns.Where(c => rows.Exists(r => r.Get(c) is not null)).ToList();
        var cells = rows.ConvertAll(row => shown.ConvertAll(c => row.Get(c) is { } value ? PythonText.Str(value) : ""));
        var widths = shown.Select((c, i) => Math.Max(c.Length, cells.Max(row => row[i].Length))).ToList();
        AppendLine(text, shown, widths);
        AppendLine(text, widths.ConvertAll(w => new string('-', w)), widths);
        cells.ForEach(row => AppendLine(text, row, widths));
    }

    private static void AppendLine(StringBuilder text, List<string> cells, List<int> widths)
    {
        text.Append("| ").AppendJoin(" | ", cells.Select((cell, i) => cell.PadRight(widths[i]))).Append(" |\n");
    }
}
