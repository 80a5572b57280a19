using System.Text.Json;
using System.Xml;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Publishing;

/// <summary>Checks that content is what its format says, so that no reader is sent something it cannot read; tells the format where none is given. Pure.</summary>
public static class PublishedContent
{
    private const string Json = "json";
    private const string Circular = "circular";
    private const string VoEvent = "voevent";
    private const string Avro = "avro";
    private const string TextNotice = "gcntextnotice";
    private const string Blob = "blob";

    public static IReadOnlyList<string> Formats { get; } = [Json, Circular, VoEvent, Avro, TextNotice, Blob];

    /// <returns>The format.</returns>
    /// <exception cref="TomException">Invalid: with what is wrong.</exception>
    public static string Check(ReadOnlyMemory<byte> content, string? format)
    {
        if (content.Length is 0 or > PublishRequest.MaxBytes)
        {
            throw Refusal(content.IsEmpty ? "The content is empty." : $"The content has {content.Length:N0} bytes; at most {PublishRequest.MaxBytes:N0} can be published.");
        }

        var told = format ?? Tell(content.Span);
        switch (told)
        {
            case Json:
                ReadJson(content).Dispose();
                break;
            case Circular:
                CheckCircular(content);
                break;
            case VoEvent:
                CheckXml(content);
                break;
            case Avro when !content.Span.StartsWith("Obj\u0001"u8):
                throw Refusal("The content is no Avro file (it does not begin with Obj and 1): hop-client sends Avro with its schema inside.");
            case TextNotice:
                CheckText(content.Span);
                break;
            case Avro or Blob:
                break;
            default:
                throw Refusal($"'{OneLine.Of(told)}' is no format to publish in; there are: {string.Join(", ", Formats)}");
        }

        return told;
    }

    private static string Tell(ReadOnlySpan<byte> content)
    {
        var text = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        text = text.TrimStart(" \t\r\n"u8);
        return content.StartsWith("Obj\u0001"u8) ? Avro
            : text.StartsWith("{"u8) || text.StartsWith("["u8) ? Json
            : text.StartsWith("<"u8) ? VoEvent
            : text.StartsWith("TITLE:"u8) ? TextNotice
            : Blob;
    }

    private static JsonDocument ReadJson(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException exception)
        {
            throw Refusal($"The content is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}. To publish it as it is: --format blob.");
        }
    }

    private static void CheckCircular(ReadOnlyMemory<byte> content)
    {
        using var json = ReadJson(content);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("header", out var header) || header.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.String)
        {
            throw Refusal("A circular is a JSON object of header (an object: title, number, subject, date, from) and body (a text).");
        }
    }

    private static void CheckXml(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            reader.MoveToContent();
            if (reader.LocalName != "VOEvent")
            {
                throw Refusal($"The content is XML, but its root is {OneLine.Of(reader.LocalName)}, not VOEvent.");
            }

            while (reader.Read())
            {
                // To its end: what breaks off is no message.
            }
        }
        catch (XmlException exception)
        {
            throw Refusal($"The content is no VOEvent: line {exception.LineNumber}, character {exception.LinePosition} is not XML, or a DTD. To publish it as it is: --format blob.");
        }
    }

    private static void CheckText(ReadOnlySpan<byte> content)
    {
        if (!System.Text.Unicode.Utf8.IsValid(content))
        {
            throw Refusal("The content is no text in UTF-8. To publish it as it is: --format blob.");
        }
    }

    private static TomException Refusal(string words) => new(TomFault.Invalid, words);
}
