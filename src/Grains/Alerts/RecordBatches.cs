using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TomOrleans.Alerts;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts;

/// <summary>Kafka's records as the grains see them.</summary>
internal static class RecordBatches
{
    public static ImmutableArray<MessageRecord> Of(IReadOnlyList<StreamRecord> records)
    {
        var messages = new MessageRecord[records.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            var record = records[i];
            messages[i] = new(record.Offset, record.TimestampMicroseconds, record.Key, record.Value, HeadersOf(record.Headers));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(messages);
    }

    private static ImmutableArray<MessageHeader> HeadersOf(RecordHeaders given)
    {
        var headers = new MessageHeader[given.Count];
        for (var i = 0; i < headers.Length; i++)
        {
            var (name, value) = given[i];
            headers[i] = new(name, value);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(headers);
    }
}
