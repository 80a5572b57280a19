using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>Kept messages as a table, as lines and as JSON.</summary>
internal static class MessageOutput
{
    public static object Document(MessagePage page) => new { page.Keeps, Messages = page.Messages.Select(Document) };

    public static object Document(KeptMessage message) => new
    {
        Number = message.Number.ToString(CultureInfo.InvariantCulture),
        Id = message.Location.ToString(),
        message.Location.Stream,
        message.Location.Topic,
        message.Location.Partition,
        message.Location.Offset,
        Time = TimeText.Exact(message.TimestampMicroseconds),
        Read = TimeText.Exact(message.KeptMicroseconds),
        message.MessageId,
        message.Sender,
        Format = FormatOf(message),
        message.Title,
        message.Size,
        Test = message.IsTest,
    };

    public static void ShowList(Report report, MessagePage page)
    {
        if (page.Messages.IsEmpty)
        {
            report.Line(page.Keeps ? "No messages." : "No messages are kept here: ARCHIVE is off; docs/messages.md says how to switch it on.");
            return;
        }

        var table = new TextTable("=Time", "Message", "=Format", "Sender", "#Bytes", "Title");
        foreach (var message in page.Messages)
        {
            table.Row(
                TimeText.Short(message.TimestampMicroseconds), message.Location.ToString(), FormatOf(message), message.Sender ?? "", message.Size, TitleOf(message));
        }

        table.Show(report);
    }

    /// <summary>One line, safe for a terminal.</summary>
    public static string Line(KeptMessage message) => SafeText.Line(string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeText.Short(message.TimestampMicroseconds)}  {message.Location}  {FormatOf(message)}  {message.Sender ?? "-"}  {message.Size:N0} bytes  {TitleOf(message)}").TrimEnd());

    private static string FormatOf(KeptMessage message) => message.Format.ToString().ToLowerInvariant();

    private static string TitleOf(KeptMessage message) => message.IsTest ? $"(test) {message.Title}" : message.Title ?? "";
}
