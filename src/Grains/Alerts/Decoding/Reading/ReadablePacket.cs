using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>
/// The forty numbers of a GCN packet. All types have in common their type, a serial number, a count of hops and the second of the day [s/100, UTC] in front, and a line feed as the last
/// (GCN's socket packet definition); what the others mean depends on the type.
/// </summary>
internal static class ReadablePacket
{
    private const int Bytes = 160;
    private const int LineNumbers = 8;
    private const int DayHundredths = 24 * 60 * 60 * 100;

    /// <summary><c>packet of type 61, number 7</c>; null for what is no packet.</summary>
    public static string? Title(ReadOnlySpan<byte> value) => value.Length == Bytes
        ? string.Create(CultureInfo.InvariantCulture, $"packet of type {NumberAt(value, 0)}, number {NumberAt(value, 1)}")
        : null;

    public static string Of(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder("GCN ").Append(Title(value));
        if (NumberAt(value, 3) is > 0 and < DayHundredths and var sent)
        {
            text.Append(CultureInfo.InvariantCulture, $", sent at {TimeSpan.FromMilliseconds(sent * 10L):hh\\:mm\\:ss\\.ff} UTC");
        }

        text.Append("\nWhat the other numbers mean depends on the type; the topics gcn.classic.text.* and gcn.classic.voevent.* say the same in words.\n");
        for (var index = 0; index < value.Length / sizeof(int); index++)
        {
            text.Append(index % LineNumbers == 0 ? string.Create(CultureInfo.InvariantCulture, $"\n{index,2}:") : "");
            text.Append(CultureInfo.InvariantCulture, $"{NumberAt(value, index),12}");
        }

        return text.Append('\n').ToString();
    }

    private static int NumberAt(ReadOnlySpan<byte> value, int index) => BinaryPrimitives.ReadInt32BigEndian(value[(index * sizeof(int))..]);
}
