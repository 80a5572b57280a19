using System.Globalization;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Gcn;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>What a message is about, for a line in a list or log. Costly beside decoding, so asked only when somebody looks.</summary>
public static class MessageTitle
{
    private const int Longest = 160;

    /// <summary>
    /// A Hermes message's title, a circular's subject, a notice's kind and event, a text's first line; null for what says nothing so short. One line without control characters. Never
    /// throws; pure.
    /// </summary>
    public static string? Of(Alert alert)
    {
        try
        {
            var title = alert.Format switch
            {
                AlertFormat.Hermes => alert.Report?.Title,
                AlertFormat.Circular => OfCircular(GcnCircularReader.Read(alert, out _)),
                AlertFormat.Json or AlertFormat.VoEvent or AlertFormat.GcnText => OfNotice(GcnNoticeReader.Read(alert, out _)),
                AlertFormat.AvroFrame when AvroForms.IsFrame(alert.Value.Span) => string.Create(CultureInfo.InvariantCulture, $"schema id {AvroForms.SchemaId(alert.Value.Span)}"),
                AlertFormat.GcnBinary => ReadablePacket.Title(alert.Value.Span),
                AlertFormat.Text => FirstLine(alert.Value.Span),
                _ => null,
            };
            return FreeText.Clean(OneLine.Of(title ?? ""), Longest);
        }
        catch (Exception unforeseen) when (unforeseen is not OutOfMemoryException)
        {
            // A title is a service, no more: whoever lists messages must not fail for want of one.
            return null;
        }
    }

    private static string? OfCircular(GcnCircular? circular) =>
        circular is { Number: { } number } ? string.Create(CultureInfo.InvariantCulture, $"{number}: {circular.Subject}") : circular?.Subject;

    private static string? OfNotice(GcnNotice? notice) => notice is null
        ? null
        : string.Join(' ', ((string?[])[notice.Kind, notice.EventId, notice.Type == GcnAlertType.Unstated ? null : notice.Type.ToString().ToLowerInvariant(), notice.IsTest ? "(test)" : null])
            .Where(part => part is not null));

    private static string FirstLine(ReadOnlySpan<byte> text)
    {
        var begin = Framing.Begin(text);
        var end = begin.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(begin[..Math.Min(end < 0 ? begin.Length : end, 4 * Longest)]);
    }
}
