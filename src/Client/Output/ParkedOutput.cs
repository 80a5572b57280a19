using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>Parked messages as a table and as JSON.</summary>
internal static class ParkedOutput
{
    public static object Document(ParkedPage page) => new { page.Total, Messages = page.Messages.Select(Document) };

    public static object Document(ParkedMessage message) => new
    {
        Id = message.Id.ToString(CultureInfo.InvariantCulture),
        message.Location.Stream,
        message.Location.Topic,
        message.Location.Partition,
        message.Location.Offset,
        message.Handler,
        message.State,
        message.Reason,
        Faults = message.Faults.Select(fault => new { fault.Path, fault.Reason }),
        message.Attempts,
        Parked = TimeText.Exact(message.ParkedMicroseconds),
        NextTry = TimeText.Exact(message.NextTryMicroseconds),
        Ended = TimeText.Exact(message.EndedMicroseconds),
        message.Size,
        message.MessageId,
        message.Sender,
    };

    public static void ShowList(Report report, ParkedPage page, int offset)
    {
        if (page.Messages.IsEmpty)
        {
            report.Line(page.Total == 0 ? "Nothing is parked." : $"Nothing from offset {offset}; {page.Total:N0} messages are parked.");
            return;
        }

        var table = new TextTable("#Id", "=Parked", "Message", "Handler", "=State", "#Attempts", "#Bytes", "Reason");
        foreach (var message in page.Messages)
        {
            table.Row(
                message.Id.ToString(CultureInfo.InvariantCulture),
                TimeText.Short(message.ParkedMicroseconds),
                message.Location.ToString(),
                message.Handler,
                message.State,
                message.Attempts,
                message.Size,
                Reason(message));
        }

        table.Show(report);
        Paging.Show(report, offset, page.Messages.Length, page.Total, "parked messages");
    }

    private static string Reason(ParkedMessage message) => message.Faults switch
    {
        [] => message.Reason,
        [var only] => $"{message.Reason} ({only})",
        [var first, ..] => $"{message.Reason} ({first}; and {message.Faults.Length - 1} more)",
    };
}
