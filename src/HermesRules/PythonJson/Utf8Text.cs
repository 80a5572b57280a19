using System.Buffers;
using System.Text;

namespace TomOrleans.HermesRules.PythonJson;

/// <summary>Strict UTF-8 decoding that names the first bad byte as Python's codec does.</summary>
internal static class Utf8Text
{
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length)
        {
            var status = Rune.DecodeFromUtf8(utf8[at..], out _, out var length);
            if (status != OperationStatus.Done)
            {
                throw new WireFormatException(
                    $"'utf-8' codec can't decode byte 0x{utf8[at]:x2} in position {at}: {Reason(utf8[at], status)}");
            }

            at += length;
        }

        return Encoding.UTF8.GetString(utf8);
    }

    private static string Reason(byte first, OperationStatus status) =>
        status == OperationStatus.NeedMoreData ? "unexpected end of data"
        : first is >= 0xC2 and <= 0xF4 ? "invalid continuation byte"
        : "invalid start byte";
}
