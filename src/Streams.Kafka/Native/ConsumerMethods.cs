using System.Runtime.InteropServices;
using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Embedded;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary>What reading a message takes, as declared in rdkafka.h. What can neither wait nor call back is called without telling the garbage collector.</summary>
internal static unsafe partial class ConsumerMethods
{
    private const string Library = LoadedLibrdkafka.Name;

    /// <summary>Serves librdkafka's callbacks, then takes a message; null when none came in time. To be given to <see cref="DestroyMessage"/>.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_consumer_poll")]
    public static partial NativeMessage* Poll(SafeHandle client, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_destroy")]
    public static partial void DestroyMessage(NativeMessage* message);

    /// <summary>Milliseconds since 1970. <paramref name="type"/> is a <see cref="TimestampType"/>.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_timestamp"), SuppressGCTransition]
    public static partial long Timestamp(NativeMessage* message, out int type);

    /// <summary>They belong to the message.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_headers")]
    public static partial ErrorCode Headers(NativeMessage* message, out nint headers);

    /// <summary>An error for an index beyond the last. The name ends with a zero byte, the value has <paramref name="size"/> bytes or is null.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_header_get_all"), SuppressGCTransition]
    public static partial ErrorCode Header(nint headers, nuint index, out byte* name, out byte* value, out nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_name"), SuppressGCTransition]
    public static partial byte* TopicName(nint topic);

    /// <summary>Belongs to the message; null where there are no words for its error.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_errstr")]
    public static partial byte* ErrorText(NativeMessage* message);

    [LibraryImport(Library, EntryPoint = "rd_kafka_fatal_error")]
    public static partial ErrorCode FatalError(SafeHandle client, Span<byte> text, nuint size);
}
