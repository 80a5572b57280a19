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
            messages[i] = new(record.Offset, record.TimestampMicroseconds, record.Key, record.Value, MessageHeaders.OfPacked(record.Headers.Names, record.Headers.Packed));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(messages);
    }
}
