using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Webhook;

/// <summary>Alerts as the JSON that a webhook sends; what is in it is promised in <c>docs/webhooks.md</c>. Pure.</summary>
internal static class WebhookBody
{
    /// <summary>About so much becomes one body, or one alert that is larger [bytes].</summary>
    public const int MostBytes = 1 << 20;

    public static byte[] Of(string tomName, HandlerKey handler, ReadOnlySpan<Alert> alerts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("tom", tomName);
            json.WriteString("stream", handler.Partition.Topic.Stream);
            json.WriteString("topic", handler.Partition.Topic.Topic);
            json.WriteNumber("partition", handler.Partition.Partition);
            json.WriteString("handler", handler.Handler);
            json.WriteStartArray("alerts");
            foreach (var alert in alerts)
            {
                Write(json, handler, alert);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The same for a message however often it is sent: stream/topic/partition/offset/handler.</summary>
    public static string KeyOf(HandlerKey handler, Alert alert) => $"{alert.Location}/{handler.Handler}";

    /// <summary>Of several: stream/topic/partition/first-last/handler.</summary>
    public static string KeyOf(HandlerKey handler, ReadOnlySpan<Alert> alerts) => alerts.Length == 1
        ? KeyOf(handler, alerts[0])
        : $"{handler.Partition}/{alerts[0].Location.Offset}-{alerts[^1].Location.Offset}/{handler.Handler}";

    /// <summary>How many of the alerts, from the first on, go into one body.</summary>
    public static int Fitting(ReadOnlySpan<Alert> alerts, int most)
    {
        var bytes = 0L;
        for (var i = 0; i < alerts.Length; i++)
        {
            bytes += alerts[i].Value.Length + (alerts[i].Value.Length / 3) + alerts[i].Key.Length + 512;
            if (i == most || (i > 0 && bytes > MostBytes))
            {
                return i;
            }
        }

        return alerts.Length;
    }

    private static void Write(Utf8JsonWriter json, HandlerKey handler, Alert alert)
    {
        json.WriteStartObject();
        json.WriteString("key", KeyOf(handler, alert));
        json.WriteString("offset", alert.Location.Offset.ToString(CultureInfo.InvariantCulture));
        json.WriteString("time", alert.TimestampMicroseconds < 0
            ? null
            : DateTimeOffset.UnixEpoch.AddMicroseconds(alert.TimestampMicroseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
        json.WriteString("messageId", alert.MessageId?.ToString("D"));
        json.WriteString("sender", alert.Sender);
        json.WriteString("format", JsonNamingPolicy.CamelCase.ConvertName(alert.Format.ToString()));
        json.WriteBoolean("isTest", alert.IsTest);
        json.WriteStartArray("headers");
        foreach (var header in HeaderBytes.Readable(alert.Headers))
        {
            json.WriteStartObject();
            json.WriteString("name", header.Name);
            json.WriteString("value", header.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteContent(json, alert.Value.Span);
        json.WriteEndObject();
    }

    /// <summary>One of three: <c>json</c> where it is JSON as the standard has it, <c>text</c> where it is UTF-8, else <c>base64</c>.</summary>
    private static void WriteContent(Utf8JsonWriter json, ReadOnlySpan<byte> value)
    {
        var text = value.StartsWith(Framing.ByteOrderMark) ? value[Framing.ByteOrderMark.Length..] : value;
        if (!Utf8.IsValid(text))
        {
            json.WriteBase64String("base64", value);
        }
        else if (IsJson(text))
        {
            json.WritePropertyName("json");
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            json.WriteString("text", text);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        // A bare number or word may as well be a text.
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
