using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Collects the bytes that a stored 64-bit hash is taken of: numbers little-endian, texts in canonical form with their length before them,
/// an absent value as one zero byte. Dispose of it after the hash.
/// </summary>
internal ref struct HashInput(Span<byte> buffer)
{
    private Span<byte> _buffer = buffer;
    private byte[]? _rented;
    private int _length;

    public void Add(byte value) => Reserve(1)[0] = value;

    public void Add(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

    public void Add(double? value)
    {
        Add((byte)(value is null ? 0 : 1));
        if (value is { } number)
        {
            // -0 is 0.
            Add(BitConverter.DoubleToInt64Bits(number == 0 ? 0.0 : number));
        }
    }

    /// <summary>Adds a text in the form of <see cref="CanonicalText"/>.</summary>
    public void AddFolded(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (!Ascii.IsValid(trimmed))
        {
            AddExact(CanonicalText.Of(text!));
            return;
        }

        BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), trimmed.Length);
        Ascii.ToLower(trimmed, Reserve(trimmed.Length), out _);
    }

    public void AddExact(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    public readonly long Hash() => unchecked((long)XxHash3.HashToUInt64(_buffer[.._length]));

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + count));
            _buffer[.._length].CopyTo(larger);
            Dispose();
            _buffer = _rented = larger;
        }

        var reserved = _buffer.Slice(_length, count);
        _length += count;
        return reserved;
    }
}
