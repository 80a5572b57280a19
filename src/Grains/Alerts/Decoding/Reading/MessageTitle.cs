using System.Globalization;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Avro;
using TomOrleans.Grains.Alerts.Gcn;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>What a message is about, for a line in a list or log. Costly beside decoding, so asked only when somebody looks.</summary>
public static class MessageTitle
{
    private const int Longest = 160;
    private const int ShownBytes = 16;

    /// <summary>
    /// A Hermes message's title, a circular's subject, a notice's kind and event, a text's first line; of what has none of them the beginning, of Avro the schema's name. Null for what says
    /// nothing at all. One line without control characters. Never throws; pure.
    /// </summary>
    public static string? Of(Alert alert)
    {
        try
        {
            return Clean(TitleOf(alert)) ?? Clean(BeginningOf(alert));
        }
        catch (Exception unforeseen) when (unforeseen is not OutOfMemoryException)
        {
            // A title is a service, no more: whoever lists messages must not fail for want of one.
            return null;
        }
    }

    private static string? TitleOf(Alert alert) => alert.Format switch
    {
        AlertFormat.Hermes => alert.Report?.Title,
        AlertFormat.Circular => OfCircular(GcnCircularReader.Read(alert, out _)),
        AlertFormat.Json or AlertFormat.VoEvent or AlertFormat.GcnText => OfNotice(GcnNoticeReader.Read(alert, out _)),
        AlertFormat.AvroFile => AvroName.Of(AvroFile.SchemaOf(alert.Value.Span)) is { } schema ? $"Avro file, schema {schema}" : null,
        AlertFormat.AvroDatum => AvroName.Of(alert.Key.Span) is { } schema ? $"Avro record, schema {schema}" : null,
        AlertFormat.AvroFrame when AvroForms.IsFrame(alert.Value.Span) => string.Create(CultureInfo.InvariantCulture, $"looks like Avro with schema id {AvroForms.SchemaId(alert.Value.Span)}"),
        AlertFormat.GcnBinary => ReadablePacket.Title(alert.Value.Span),
        AlertFormat.Text => FirstLine(alert.Value.Span),
        _ => null,
    };

    /// <summary>Of text the first words, of what is no text the first bytes.</summary>
    private static string? BeginningOf(Alert alert)
    {
        var value = alert.Value.Span;
        if (alert.Format is AlertFormat.Json or AlertFormat.Hermes or AlertFormat.Xml or AlertFormat.VoEvent or AlertFormat.Circular or AlertFormat.GcnText or AlertFormat.External)
        {
            var begin = Encoding.UTF8.GetString(Framing.Begin(value)[..Math.Min(Framing.Begin(value).Length, 4 * Longest)]);
            return string.Join(' ', begin.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return alert.Format == AlertFormat.Bytes && !value.IsEmpty
            ? $"bytes {Convert.ToHexStringLower(value[..Math.Min(value.Length, ShownBytes)])}{(value.Length > ShownBytes ? "..." : "")}"
            : null;
    }

    private static string? Clean(string? title) => FreeText.Clean(OneLine.Of(title ?? ""), Longest);

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
