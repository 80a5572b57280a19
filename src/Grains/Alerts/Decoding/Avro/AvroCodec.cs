using System.IO.Compression;
using Snappier;

namespace TomOrleans.Grains.Alerts.Decoding.Avro;

/// <summary>Decompresses the blocks of an Avro file, up to a limit whatever they announce.</summary>
internal static class AvroCodec
{
    /// <summary>Four times the largest message that GCN's brokers take [bytes].</summary>
    public const int LargestBlock = 16 * 1024 * 1024;

    private const int ChecksumBytes = 4;

    /// <summary>Three bytes of Snappy can repeat 64 bytes at most.</summary>
    private const int LargestSnappyRatio = 32;

    /// <summary>Throws <see cref="InvalidDataException"/> for damaged or too large blocks, and codecs we have not.</summary>
    public static ReadOnlySpan<byte> Decompress(string codec, ReadOnlySpan<byte> block) => codec switch
    {
        "null" => block,
        "deflate" => Inflate(block),
        "snappy" => Unsnap(block),
        _ => throw new InvalidDataException($"its records are compressed with {codec}, which is not read here"),
    };

    /// <summary>Avro adds a checksum, which is not looked at: Kafka has its own.</summary>
    private static byte[] Unsnap(ReadOnlySpan<byte> block)
    {
        var compressed = block[..Math.Max(0, block.Length - ChecksumBytes)];
        long announced = Snappy.GetUncompressedLength(compressed);
        if (announced > LargestBlock || announced > (long)compressed.Length * LargestSnappyRatio)
        {
            throw new InvalidDataException($"a Snappy block of {compressed.Length:N0} bytes announces {announced:N0}");
        }

        var records = new byte[announced];
        return Snappy.Decompress(compressed, records) == announced ? records : throw new InvalidDataException("a Snappy block that ends too early");
    }

    private static byte[] Inflate(ReadOnlySpan<byte> block)
    {
        using var source = new MemoryStream(block.ToArray(), writable: false);
        using var inflated = new DeflateStream(source, CompressionMode.Decompress);
        using var result = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = inflated.Read(buffer)) > 0;)
        {
            result.Write(buffer, 0, read);
            if (result.Length > LargestBlock)
            {
                throw new InvalidDataException($"a block of more than {LargestBlock:N0} bytes");
            }
        }

        return result.ToArray();
    }
}
