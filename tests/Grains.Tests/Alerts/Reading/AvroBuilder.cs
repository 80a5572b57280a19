using System.IO.Compression;
using System.Text;
using Snappier;

namespace TomOrleans.Grains.Tests.Alerts.Reading;

/// <summary>Writes Avro by hand, so that it can be written wrongly too.</summary>
internal static class AvroBuilder
{
    private static readonly byte[] Sync = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    public static byte[] Long(long number)
    {
        var bytes = new List<byte>();
        for (var zigzag = (ulong)((number << 1) ^ (number >> 63)); ; zigzag >>= 7)
        {
            if (zigzag < 0x80)
            {
                bytes.Add((byte)zigzag);
                return [.. bytes];
            }

            bytes.Add((byte)(zigzag | 0x80));
        }
    }

    public static byte[] Bytes(params byte[] bytes) => [.. Long(bytes.Length), .. bytes];

    public static byte[] Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static byte[] FileHeader(string schema, string codec = "null") =>
        [.. "Obj\u0001"u8, .. Long(2), .. Text("avro.codec"), .. Text(codec), .. Text("avro.schema"), .. Text(schema), .. Long(0), .. Sync];

    /// <summary>A block of records as they stand, compressed.</summary>
    public static byte[] Block(int count, byte[] records, string codec = "null") => [.. Long(count), .. Bytes(Compress(records, codec)), .. Sync];

    private static byte[] Compress(byte[] records, string codec)
    {
        switch (codec)
        {
            case "deflate":
                using (var result = new MemoryStream())
                {
                    using (var deflate = new DeflateStream(result, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        deflate.Write(records);
                    }

                    return result.ToArray();
                }

            case "snappy":
                return [.. Snappy.CompressToArray(records), 0, 0, 0, 0];
            default:
                return records;
        }
    }
}
