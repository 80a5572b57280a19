using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary><c>rd_kafka_message_t</c> of rdkafka.h, the same since librdkafka 0.9. A null pointer is a null key or value, an empty one is not null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeMessage
{
    public readonly ErrorCode Error;
    public readonly nint Topic;
    public readonly int Partition;
    public readonly byte* Value;
    public readonly nuint ValueLength;
    public readonly byte* Key;
    public readonly nuint KeyLength;
    public readonly long Offset;
    private readonly nint _private;
}
