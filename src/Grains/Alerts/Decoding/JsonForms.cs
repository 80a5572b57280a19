using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Hermes;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>Tells the formats that come as JSON but are no Hermes messages: circulars, and what old hop clients put into an envelope.</summary>
internal static class JsonForms
{
    /// <summary>The content as it was read, with a more particular format where it has one. Hermes messages and faults pass through.</summary>
    public static MessageContent Of(ReadOnlySpan<byte> json, StatedFormat stated, MessageContent read) =>
        read.Fault is not null || read.Format == AlertFormat.Hermes ? read
        : stated == StatedFormat.Circular || IsCircular(json) ? MessageContent.Of(AlertFormat.Circular)
        : stated == StatedFormat.None && OldEnvelope.Open(json) is { } envelope ? MessageContent.Of(OfEnvelope(envelope))
        : read;

    private static AlertFormat OfEnvelope(OldEnvelope envelope) =>
        envelope.IsText ? TextForms.Of(envelope.Content, envelope.Format)
        : envelope.Format == StatedFormat.Circular ? AlertFormat.Circular
        : AlertFormat.Json;

    private static bool IsCircular(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\"circularId\""u8) < 0)
        {
            return false;
        }

        var (hasId, hasBody) = (false, false);
        var reader = new Utf8JsonReader(Framing.Begin(json), new JsonReaderOptions { MaxDepth = HermesReader.MaxDepth });
        try
        {
            for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; reader.Skip())
            {
                hasId |= JsonName.Is(in reader, "circularId"u8);
                hasBody |= JsonName.Is(in reader, "body"u8);
            }
        }
        catch (JsonException)
        {
            // A bare NaN, which no circular has.
            return false;
        }

        return hasId && hasBody;
    }
}
