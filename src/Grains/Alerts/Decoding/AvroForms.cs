using System.Buffers.Binary;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>The ways in which Avro comes. Nothing of it is decoded here.</summary>
internal static class AvroForms
{
    /// <summary>A zero byte and the schema's id.</summary>
    public const int FrameBytes = 1 + sizeof(int);

    /// <summary>Registries count their schemas up from one; bytes that mean something else seldom look like a small number.</summary>
    private const int LargestSchemaId = 0xFF_FFFF;

    public static bool IsFile(ReadOnlySpan<byte> value) => value.StartsWith("Obj\u0001"u8);

    /// <summary>
    /// True for what looks like Confluent's frame. A record without a frame may begin the same way: only its schema can tell.
    /// </summary>
    public static bool IsFrame(ReadOnlySpan<byte> value) => value.Length > FrameBytes && value[0] == 0 && SchemaId(value) is > 0 and <= LargestSchemaId;

    /// <summary>The id in a frame: big-endian, whatever Rubin's guide says.</summary>
    public static int SchemaId(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32BigEndian(frame[1..]);

    /// <summary>True where the key is a record's schema, as Fink sends it, and the value is no text: any bytes, these too, can be a record.</summary>
    public static bool IsDatum(ReadOnlySpan<byte> value, ReadOnlySpan<byte> key) =>
        !key.IsEmpty
        && Framing.Begin(key) is [(byte)'{', ..] schema && schema.IndexOf("\"record\""u8) > 0 && schema.IndexOf("\"fields\""u8) > 0
        && Framing.TextOrBytes(value) == AlertFormat.Bytes;
}
