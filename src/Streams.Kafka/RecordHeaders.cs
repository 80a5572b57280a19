using System.Buffers.Binary;
using System.Collections;

namespace TomOrleans.Streams.Kafka;

/// <summary>One header of a record. The value is never changed by anybody.</summary>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte> Value);

/// <summary>
/// The headers of a record, in its order; names may repeat; a null value is an empty one. Kept small: the names are shared with other records, and the values lie in one array,
/// after the place where each of them ends.
/// </summary>
public readonly struct RecordHeaders : IReadOnlyList<RecordHeader>
{
    private readonly string[]? _names;
    private readonly byte[]? _packed;

    internal RecordHeaders(string[] names, byte[] packed)
    {
        _names = names;
        _packed = packed;
    }

    public int Count => Names.Length;

    public RecordHeader this[int index]
    {
        get
        {
            var name = Names[index];
            var start = index == 0 ? StartOf(Count) : EndOf(index - 1);
            return new(name, Packed.AsMemory(start..EndOf(index)));
        }
    }

    /// <summary>In order; shared, never to be changed.</summary>
    public string[] Names => _names ?? [];

    /// <summary>For each header where its value ends in this array (32 bits, little-endian); then the values, one after the other. Never to be changed.</summary>
    public byte[] Packed => _packed ?? [];

    /// <summary>What they take in memory, shared names not counted. [bytes]</summary>
    internal int Size => Packed.Length;

    public static RecordHeaders Of(IReadOnlyList<KeyValuePair<string, byte[]>> headers)
    {
        var start = StartOf(headers.Count);
        var packed = new byte[start + headers.Sum(header => header.Value.Length)];
        for (var i = 0; i < headers.Count; i++)
        {
            headers[i].Value.CopyTo(packed, start);
            start += headers[i].Value.Length;
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(StartOf(i)), start);
        }

        return headers.Count == 0 ? default : new([.. headers.Select(header => header.Key)], packed);
    }

    public IEnumerator<RecordHeader> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Where the end of a value is written; for their number, where the first value starts.</summary>
    internal static int StartOf(int index) => index * sizeof(int);

    private int EndOf(int index) => BinaryPrimitives.ReadInt32LittleEndian(_packed.AsSpan(StartOf(index)));
}
