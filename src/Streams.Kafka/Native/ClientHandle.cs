using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Embedded;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary>The <c>rd_kafka_t</c> behind a client of Confluent.Kafka, which keeps it to itself.</summary>
internal static class ClientHandle
{
    private static readonly PropertyInfo? Property = typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>Null where another version of Confluent.Kafka keeps it elsewhere, or its library is not found again.</summary>
    public static SafeHandle? Of(IClient client)
    {
        try
        {
            LoadedLibrdkafka.Bind();
            return Property?.GetValue(client.Handle) is SafeHandle { IsInvalid: false } handle ? handle : null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or InvalidOperationException or TargetInvocationException)
        {
            return null;
        }
    }
}
