using System.Buffers;
using System.IO.Compression;

namespace TomOrleans.Storage.Messages;

/// <summary>A message's value as the log stores it.</summary>
/// <param name="Bytes">As it came, or packed.</param>
/// <param name="Packing">0 as it came, 1 Brotli. The numbers are stored.</param>
/// <param name="Size">As it came [bytes].</param>
public readonly record struct PackedValue(byte[] Bytes, int Packing, int Size)
{
    /// <summary>Smaller values are kept as they came [bytes]: little would be saved.</summary>
    public const int Least = 1024;

    private const int AsItCame = 0;
    private const int Brotli = 1;

    // Measured: quality 0 makes half of 1.1 KB of JSON in 4 us, and a seventh of 60 KB in 35 us; quality 4 a tenth more at four times the cost.
    private const int Quality = 0;
    private const int Window = 18;

    public static PackedValue Of(ReadOnlySpan<byte> value)
    {
        if (value.Length < Least)
        {
            return new(value.ToArray(), AsItCame, value.Length);
        }

        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(value.Length));
        try
        {
            // What hardly shrinks is packed already, as Avro files are.
            return BrotliEncoder.TryCompress(value, packed, out var length, Quality, Window) && length < value.Length / 8 * 7
                ? new(packed.AsSpan(0, length).ToArray(), Brotli, value.Length)
                : new(value.ToArray(), AsItCame, value.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>The value as it came. Throws <see cref="InvalidDataException"/> where the stored bytes are not what was written.</summary>
    public byte[] Unpack()
    {
        if (Packing == AsItCame)
        {
            return Bytes;
        }

        var value = new byte[Size];
        return Packing == Brotli && BrotliDecoder.TryDecompress(Bytes, value, out var length) && length == Size
            ? value
            : throw new InvalidDataException("A kept message cannot be unpacked: its row was changed.");
    }
}
