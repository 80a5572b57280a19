using System.Buffers.Binary;

namespace TomOrleans.Grains.Alerts.Decoding.Avro;

/// <summary>
/// Reads the primitives of Avro's binary encoding. Nothing is allocated for a length that the bytes only state: a value is a part of the bytes that are there.
/// Throws <see cref="InvalidDataException"/> where they end or make no sense.
/// </summary>
internal ref struct AvroBytes(ReadOnlySpan<byte> bytes)
{
    private readonly int _length = bytes.Length;
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Left => _rest.Length;

    public readonly int Position => _length - _rest.Length;

    /// <summary>A whole number of 32 or 64 bits: seven bits a byte, the least first, zigzag.</summary>
    public long Long()
    {
        ulong zigzag = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            zigzag |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            }
        }

        throw Broken("a whole number of more than ten bytes");
    }

    public bool Boolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw Broken($"{other} is neither true nor false"),
    };

    public float Float() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>Bytes or a text with the length before them.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Long());

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw Broken($"{count} bytes are wanted, {_rest.Length} are left");
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    /// <summary>How many items the next block of a list or map has; 0 ends it.</summary>
    public long BlockCount()
    {
        var count = Long();
        if (count >= 0)
        {
            return count;
        }

        // A negative count is followed by the block's size, for readers that skip it.
        _ = Long();
        return count == long.MinValue ? throw Broken("a list of too many items") : -count;
    }

    public readonly InvalidDataException Broken(string what) => new($"{what} (byte {Position})");
}
