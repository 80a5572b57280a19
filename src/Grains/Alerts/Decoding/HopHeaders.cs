using System.Text;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>What header <c>_format</c> says about a value.</summary>
internal enum StatedFormat
{
    /// <summary>No such header: the bytes must tell.</summary>
    None,

    Json,
    VoEvent,
    Avro,

    /// <summary><c>blob</c>, or a name that nobody knows.</summary>
    Blob,
    Circular,

    /// <summary><c>gcntextnotice</c>.</summary>
    GcnText,
    External,
}

/// <summary>
/// The headers that hop-client gives a message: <c>_id</c> (16 raw bytes of a UUID, big-endian), <c>_sender</c> (the authenticated
/// credential), <c>_format</c>, and <c>_test</c>, whose presence alone counts. Of a repeated header the first counts.
/// </summary>
internal readonly record struct HopHeaders(Guid? MessageId, string? Sender, StatedFormat Format, bool IsTest)
{
    private const int LongestSender = 256;

    public static HopHeaders Read(MessageHeaders headers)
    {
        Guid? id = null;
        string? sender = null;
        StatedFormat? format = null;
        var isTest = false;
        var hasId = false;
        for (var i = 0; i < headers.Count; i++)
        {
            var (name, memory) = headers[i];
            var value = memory.Span;
            switch (name)
            {
                case "_id" when !hasId:
                    hasId = true;
                    id = value.Length == 16 ? new Guid(value, bigEndian: true) : null;
                    break;
                case "_sender":
                    sender ??= SenderOf(value);
                    break;
                case "_format":
                    format ??= FormatOf(value);
                    break;
                case "_test":
                    isTest = true;
                    break;
                default:
                    break;
            }
        }

        return new(id, sender, format ?? StatedFormat.None, isTest);
    }

    private static string? SenderOf(ReadOnlySpan<byte> value)
    {
        var text = InternTable.Words.Get(Trimmed(value));
        return text.Length == 0 ? null : FreeText.Clean(text, LongestSender);
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> value) => value[Ascii.Trim(value)];

    public static StatedFormat FormatOf(ReadOnlySpan<byte> value)
    {
        var name = Trimmed(value);
        return name.IsEmpty ? StatedFormat.None
            : Is(name, "json"u8) ? StatedFormat.Json
            : Is(name, "voevent"u8) ? StatedFormat.VoEvent
            : Is(name, "avro"u8) ? StatedFormat.Avro
            : Is(name, "circular"u8) ? StatedFormat.Circular
            : Is(name, "gcntextnotice"u8) ? StatedFormat.GcnText
            : Is(name, "external"u8) ? StatedFormat.External
            : StatedFormat.Blob;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> format) => Ascii.EqualsIgnoreCase(name, format);
}
