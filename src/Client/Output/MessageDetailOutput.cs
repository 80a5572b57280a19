using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>One kept message with what became of it.</summary>
internal static class MessageDetailOutput
{
    /// <summary>The value as a person reads it, and as it came in base64: bytes survive JSON only so.</summary>
    public static object Document(MessageDetail detail) => new
    {
        Message = MessageOutput.Document(detail.Message),
        detail.Key,
        Headers = detail.Headers.Select(header => new { header.Name, header.Text }),
        Decoded = ReportOutput.Document(detail.Message.Format, detail.Report),
        detail.Fault,
        Fates = detail.Fates.Select(fate => new { fate.Handler, fate.State, ParkedId = fate.ParkedId?.ToString(CultureInfo.InvariantCulture), fate.Reason }),
        Events = detail.SkyEvents.Select(caused => new { caused.Event, caused.Version }),
        Points = detail.Points.Select(point => new { point.Target, Point = PhotometryOutput.Point(point.Point) }),
        Spectra = detail.Spectra.Select(caused => new { caused.Target, Time = TimeText.Exact(caused.Spectrum.Time.UtcMicroseconds), caused.Spectrum.Telescope, caused.Spectrum.Instrument, caused.Spectrum.Length }),
        detail.Text,
        Value = Convert.ToBase64String(detail.Value.Span),
    };

    public static void Show(Report report, MessageDetail detail)
    {
        var message = detail.Message;
        var table = TextTable.OfFacts()
            .Row("Message", message.Location.ToString())
            .Row("Time", TimeText.Short(message.TimestampMicroseconds))
            .Row("Read", TimeText.Short(message.KeptMicroseconds))
            .Row("Id", message.MessageId?.ToString() ?? "")
            .Row("Sender", message.Sender ?? "");
        if (detail.Key is { } key)
        {
            table.Row("Key", key);
        }

        ReportOutput.AddTo(table, message.Format, detail.Report);
        foreach (var fault in detail.Report?.Faults ?? [])
        {
            table.Row("Refused", fault.ToString());
        }

        if (detail.Fault is { } reason)
        {
            table.Row("Unreadable", reason);
        }

        foreach (var header in detail.Headers)
        {
            table.Row("Header", $"{header.Name}: {header.Text}");
        }

        foreach (var fate in detail.Fates)
        {
            table.Row("Fate", $"{fate.Handler}: {fate.State switch { "done" => "done (handled or ignored)", var other => other }}{Parked(fate)}");
        }

        foreach (var caused in detail.SkyEvents)
        {
            table.Row("Event", string.Create(CultureInfo.InvariantCulture, $"{caused.Event}, version {caused.Version}"));
        }

        foreach (var (target, point) in detail.Points.Select(caused => (caused.Target, caused.Point)))
        {
            table.Row("Stored", $"{target}: {TimeText.Short(point.Time.UtcMicroseconds)} {point.Bandpass} {BrightnessText.Either(point)}");
        }

        foreach (var (target, spectrum) in detail.Spectra.Select(caused => (caused.Target, caused.Spectrum)))
        {
            table.Row("Stored", string.Create(CultureInfo.InvariantCulture, $"{target}: {TimeText.Short(spectrum.Time.UtcMicroseconds)} spectrum of {spectrum.Length} wavelengths"));
        }

        table.Show(report);
        report.Line();
        report.Line(detail.Text is { } text ? SafeText.Lines(text) : "It has no value.");
    }

    private static string Parked(MessageFate fate) =>
        fate.ParkedId is { } id ? string.Create(CultureInfo.InvariantCulture, $", parked message {id}: {fate.Reason}") : "";
}
