using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary>Copies the headers of native messages: one array for the values of a record, names shared with other records. One thread only.</summary>
internal sealed unsafe class HeaderReader
{
    private readonly NameTable _texts = new();
    private readonly HeaderNames _names = new();
    private readonly List<string> _found = [];

    public RecordHeaders Read(NativeMessage* message)
    {
        if (ConsumerMethods.Headers(message, out var headers) != ErrorCode.NoError)
        {
            return default;
        }

        _found.Clear();
        nuint bytes = 0;
        while (ConsumerMethods.Header(headers, (nuint)_found.Count, out var name, out var value, out var size) == ErrorCode.NoError)
        {
            _found.Add(_texts.Get(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));
            bytes += value is null ? 0 : size;
        }

        return _found.Count == 0 ? default : new(_names.Get(CollectionsMarshal.AsSpan(_found)), Pack(headers, checked((int)bytes)));
    }

    private byte[] Pack(nint headers, int bytes)
    {
        var start = RecordHeaders.StartOf(_found.Count);
        var packed = GC.AllocateUninitializedArray<byte>(start + bytes);
        for (var i = 0; i < _found.Count; i++)
        {
            _ = ConsumerMethods.Header(headers, (nuint)i, out _, out var value, out var size);
            var span = value is null ? default : new ReadOnlySpan<byte>(value, (int)size);
            span.CopyTo(packed.AsSpan(start));
            start += span.Length;
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(RecordHeaders.StartOf(i)), start);
        }

        return packed;
    }
}
