using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Hermes;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// Reads a value that is JSON, as Python writes it: NaN and infinities are taken, a byte order mark is passed over; all else is
/// strict.
/// </summary>
internal static class JsonContent
{
    /// <summary>A message, or the place and kind of its first error.</summary>
    public static MessageContent Read(ReadOnlySpan<byte> value, MessageOrigin origin, bool mayBeEnvelope)
    {
        var json = value.StartsWith(Framing.ByteOrderMark) ? value[Framing.ByteOrderMark.Length..] : value;
        if (!Utf8.IsValid(json))
        {
            return MessageContent.Faulty(AlertFormat.Json, $"broken JSON: no UTF-8 at byte {value.Length - json.Length + FirstInvalid(json)}");
        }

        var strict = BareTokens.Replace(json, out var rented);
        try
        {
            return HermesReader.Read(strict, origin, mayBeEnvelope);
        }
        catch (JsonException broken)
        {
            return MessageContent.Faulty(AlertFormat.Json, Reason(broken));
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static string Reason(JsonException broken)
    {
        // The reader's own message repeats the place at its end, in its own words.
        var end = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var what = FreeText.OneLine(end < 0 ? broken.Message : broken.Message[..end]);
        return $"broken JSON in line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}: {what}";
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
