using System.Buffers;
using System.Text.Unicode;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Decoding;

internal enum Frame
{
    /// <summary>Text, or bytes that are nothing we read.</summary>
    Other,

    /// <summary>Stated or begun as JSON: it is a fault if it is none.</summary>
    Json,

    /// <summary>JSON if it can be read as such, else text.</summary>
    PerhapsJson,
}

/// <summary>Tells how a value is framed: by its stated format, else by its first bytes.</summary>
internal static class Framing
{
    /// <summary>What occurs in no text: control characters but tab, line feed, form feed, carriage return.</summary>
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(code => code is not (9 or 10 or 12 or 13)).Select(code => (byte)code), 127]);

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static Frame Of(ReadOnlySpan<byte> value, StatedFormat stated)
    {
        switch (stated)
        {
            case StatedFormat.Json:
                return Frame.Json;
            case StatedFormat.Avro or StatedFormat.Blob or StatedFormat.GcnText:
                return Frame.Other;
            default:
                break;
        }

        // hop sends VOEvents as XML today, as JSON in the past.
        return Begin(value) switch
        {
            [(byte)'{', .. var inside] when inside.TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..] => Frame.Json,

            // Avro without a schema may begin with any byte; a text that begins with a brace is JSON gone wrong.
            [(byte)'{', ..] => TextOrBytes(value) == AlertFormat.Text ? Frame.Json : Frame.Other,
            [(byte)'[', ..] when stated == StatedFormat.None => Frame.PerhapsJson,
            _ => Frame.Other,
        };
    }

    public static AlertFormat TextOrBytes(ReadOnlySpan<byte> value) =>
        !HasControls(value) && Utf8.IsValid(value) ? AlertFormat.Text : AlertFormat.Bytes;

    public static bool HasControls(ReadOnlySpan<byte> value) => value.ContainsAny(Controls);

    /// <summary>The value without a byte order mark and blanks before it.</summary>
    public static ReadOnlySpan<byte> Begin(ReadOnlySpan<byte> value) =>
        (value.StartsWith(ByteOrderMark) ? value[ByteOrderMark.Length..] : value).TrimStart(" \t\r\n"u8);
}
