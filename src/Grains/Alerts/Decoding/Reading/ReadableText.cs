using System.Globalization;
using System.Text;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>Turns a message's bytes into a text for a person. Costly beside decoding, so done only when somebody looks.</summary>
public static class ReadableText
{
    /// <summary>The most characters that are shown of a message.</summary>
    public const int Longest = 200_000;

    /// <summary>
    /// JSON and Avro indented, with bytes and what is very long shortened; XML and texts as they are; bytes as a hex dump of their start. Never throws, is never empty,
    /// and does not escape control characters: that is for whoever shows it. Pure; safe on any thread.
    /// </summary>
    public static string Of(Alert alert)
    {
        var text = OfAny(alert.Format, alert.Value.Span, alert.Key.Span);
        return text.Length <= Longest
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{ShortText.Cut(text, Longest)}\n... (not shown further than here; the message has {alert.Value.Length:N0} bytes)");
    }

    private static string OfAny(AlertFormat format, ReadOnlySpan<byte> value, ReadOnlySpan<byte> key)
    {
        try
        {
            return format switch
            {
                AlertFormat.AvroFile => ReadableAvro.OfFile(value),
                AlertFormat.AvroDatum => ReadableAvro.OfDatum(value, key),
                AlertFormat.AvroFrame when AvroForms.IsFrame(value) => ReadableAvro.OfFrame(value),
                AlertFormat.GcnBinary when ReadablePacket.Title(value) is not null => ReadablePacket.Of(value),
                AlertFormat.Bytes or AlertFormat.AvroFrame or AlertFormat.GcnBinary => OfBytes(value),
                AlertFormat.Hermes or AlertFormat.Json => ReadableJson.Of(value) ?? OfText(value),
                _ => OfEnvelope(value) ?? (format == AlertFormat.Circular ? ReadableCircular.Of(value) : null) ?? ReadableJson.Of(value) ?? OfText(value),
            };
        }
        catch (Exception unforeseen) when (unforeseen is not OutOfMemoryException)
        {
            // A mistake of ours must not hide the message from whoever looks for its fault.
            return $"cannot be shown ({FreeText.OneLine($"{unforeseen.GetType().Name}: {unforeseen.Message}")})\n{HexDump.Of(value)}";
        }
    }

    private static string? OfEnvelope(ReadOnlySpan<byte> value)
    {
        if (Framing.Begin(value) is not [(byte)'{', ..] || OldEnvelope.Open(value) is not { } envelope)
        {
            return null;
        }

        var content = envelope.IsText
            ? Encoding.UTF8.GetString(envelope.Content)
            : ReadableCircular.Of(envelope.Content) ?? ReadableJson.Of(envelope.Content) ?? OfText(envelope.Content);
        return $"In the envelope of old hop clients:\n\n{content}";
    }

    private static string OfBytes(ReadOnlySpan<byte> value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Length:N0} bytes that are no text and no format known here\n{HexDump.Of(value)}");

    private static string OfText(ReadOnlySpan<byte> value) => value.StartsWith(Framing.ByteOrderMark)
        ? Decoded(value[Framing.ByteOrderMark.Length..])
        : Decoded(value);

    /// <summary>XML of another encoding is most often Latin-1; any bytes are, so that all are shown.</summary>
    private static string Decoded(ReadOnlySpan<byte> value) =>
        Framing.HasControls(value) ? HexDump.Of(value)
        : System.Text.Unicode.Utf8.IsValid(value) ? Encoding.UTF8.GetString(value)
        : Encoding.Latin1.GetString(value);
}
