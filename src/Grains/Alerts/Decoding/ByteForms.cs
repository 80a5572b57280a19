using System.Buffers.Binary;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>Tells what a value is that is no JSON: by a few bytes that each format begins with, so that it costs next to nothing.</summary>
internal static class ByteForms
{
    private const int PacketBytes = 160;

    /// <summary>The most that header <c>_format</c> and the bytes agree on.</summary>
    public static AlertFormat Of(ReadOnlySpan<byte> value, ReadOnlySpan<byte> key, StatedFormat stated) =>
        AvroForms.IsFile(value) ? AlertFormat.AvroFile
        : AvroForms.IsDatum(value, key) ? AlertFormat.AvroDatum
        : stated == StatedFormat.Blob ? Framing.TextOrBytes(value)
        : IsPacket(value) ? AlertFormat.GcnBinary
        : AvroForms.IsFrame(value) ? AlertFormat.AvroFrame
        : TextForms.Of(value, stated);

    /// <summary>A packet of 40 big-endian numbers: the first is its type, the last a line feed, or zero in packets of long ago.</summary>
    private static bool IsPacket(ReadOnlySpan<byte> value) =>
        value.Length == PacketBytes
        && BinaryPrimitives.ReadInt32BigEndian(value) is > 0 and < 1000
        && BinaryPrimitives.ReadInt32BigEndian(value[^sizeof(int)..]) is 0 or '\n';
}
