using System.Buffers.Binary;
using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace TomOrleans.Alerts;

/// <summary>
/// The headers of a message, in the order of the wire; names may repeat. Kept small, as every message has some: the names are shared between messages, and the values lie in one array,
/// after the places where they end. The default has none.
/// </summary>
[GenerateSerializer, Immutable, Alias("tom.message-headers"), CollectionBuilder(typeof(MessageHeaders), nameof(Create))]
public readonly record struct MessageHeaders : IReadOnlyList<MessageHeader>
{
    [Id(0)] private readonly string[]? _names;
    [Id(1)] private readonly byte[]? _packed;

    private MessageHeaders(string[] names, byte[] packed) => (_names, _packed) = (names, packed);

    public int Count => _names?.Length ?? 0;

    public MessageHeader this[int index]
    {
        get
        {
            var name = (_names ?? [])[index];
            var start = index == 0 ? PlaceOf(Count) : EndOf(index - 1);
            return new(name, _packed.AsMemory()[start..EndOf(index)]);
        }
    }

    /// <summary>Takes the arrays as they are; nobody may change them afterwards.</summary>
    /// <param name="names">In order.</param>
    /// <param name="packed">For each of them where its value ends in this array (32 bits, little-endian); then the values, one after the other.</param>
    public static MessageHeaders OfPacked(string[] names, byte[] packed) => new(names, packed);

    public static MessageHeaders Create(ReadOnlySpan<MessageHeader> headers)
    {
        if (headers.IsEmpty)
        {
            return default;
        }

        var (names, end) = (new string[headers.Length], PlaceOf(headers.Length));
        foreach (var header in headers)
        {
            end += header.Value.Length;
        }

        var packed = new byte[end];
        end = PlaceOf(headers.Length);
        for (var i = 0; i < headers.Length; i++)
        {
            names[i] = headers[i].Name;
            headers[i].Value.Span.CopyTo(packed.AsSpan(end));
            end += headers[i].Value.Length;
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(PlaceOf(i)), end);
        }

        return new(names, packed);
    }

    public static implicit operator MessageHeaders(ImmutableArray<MessageHeader> headers) => Create(headers.IsDefault ? default : headers.AsSpan());

    public bool Equals(MessageHeaders other) => Names.SequenceEqual(other.Names) && _packed.AsSpan().SequenceEqual(other._packed);

    public override int GetHashCode() => HashCode.Combine(Count, _packed?.Length);

    public IEnumerator<MessageHeader> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReadOnlySpan<string> Names => _names;

    private int EndOf(int index) => BinaryPrimitives.ReadInt32LittleEndian(_packed.AsSpan(PlaceOf(index)));

    private static int PlaceOf(int index) => index * sizeof(int);
}
