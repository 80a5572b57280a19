using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>One parked message with what was kept of it.</summary>
internal static class ParkedDetailOutput
{
    /// <summary>The value as a person reads it, and as it came in base64: bytes survive JSON only so.</summary>
    public static object Document(ParkedDetail detail) => new
    {
        Message = ParkedOutput.Document(detail.Message),
        Headers = detail.Headers.Select(header => new { header.Name, header.Text }),
        Decoded = ReportOutput.Document(detail.Format, detail.Report),
        detail.Text,
        Value = Convert.ToBase64String(detail.Value.Span),
    };

    public static void Show(Report report, ParkedDetail detail)
    {
        var message = detail.Message;
        var table = TextTable.OfFacts()
            .Row("Id", message.Id.ToString(CultureInfo.InvariantCulture))
            .Row("Message", message.Location.ToString())
            .Row("Handler", message.Handler)
            .Row("State", message.State)
            .Row("Reason", message.Reason);
        foreach (var fault in message.Faults)
        {
            table.Row("Refused", fault.ToString());
        }

        table.Row("Attempts", message.Attempts).Row("Parked", TimeText.Short(message.ParkedMicroseconds));
        if (message.NextTryMicroseconds is { } next)
        {
            table.Row("Next try", TimeText.Short(next));
        }

        if (message.EndedMicroseconds is { } ended)
        {
            table.Row(message.State == "dropped" ? "Dropped" : "Handled", TimeText.Short(ended));
        }

        ReportOutput.AddTo(table, detail.Format, detail.Report);
        foreach (var header in detail.Headers)
        {
            table.Row("Header", $"{header.Name}: {header.Text}");
        }

        table.Show(report);
        report.Line();
        report.Line(detail switch
        {
            { Value.IsEmpty: true } => "No bytes are kept.",
            { Text: { } text } => SafeText.Lines(text),
            _ => $"{Counted.Of(detail.Value.Length, "byte")} that are no text; tom parked show {message.Id} --json has them in base64.",
        });
    }
}
