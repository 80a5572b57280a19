using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>The forty numbers of a GCN packet, eight a line. What they mean depends on the first, the type of the notice.</summary>
internal static class ReadablePacket
{
    private const int LineNumbers = 8;

    public static string Of(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"GCN packet of type {BinaryPrimitives.ReadInt32BigEndian(value)}\n");
        for (var index = 0; index < value.Length / sizeof(int); index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadInt32BigEndian(value[(index * sizeof(int))..]),12}");
            text.Append(index % LineNumbers == LineNumbers - 1 ? "\n" : "");
        }

        return text.ToString();
    }
}
