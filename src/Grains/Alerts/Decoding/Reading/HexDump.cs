using System.Globalization;
using System.Text;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>The start of bytes, sixteen a line, with the letters among them beside.</summary>
internal static class HexDump
{
    private const int MostBytes = 512;
    private const int LineBytes = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (var at = 0; at < bytes.Length && at < MostBytes; at += LineBytes)
        {
            var line = bytes.Slice(at, Math.Min(LineBytes, bytes.Length - at));
            text.Append(CultureInfo.InvariantCulture, $"{at:x4} ");
            for (var i = 0; i < LineBytes; i++)
            {
                text.Append(i == LineBytes / 2 ? "  " : " ");
                text.Append(i < line.Length ? line[i].ToString("x2", CultureInfo.InvariantCulture) : "  ");
            }

            text.Append("  ");
            foreach (var value in line)
            {
                text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
            }

            text.Append('\n');
        }

        return bytes.Length <= MostBytes
            ? text.ToString()
            : text.Append(CultureInfo.InvariantCulture, $"... and {bytes.Length - MostBytes:N0} bytes more\n").ToString();
    }
}
