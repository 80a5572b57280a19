using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts;

/// <summary>Kafka's records as the grains see them.</summary>
internal static class RecordBatches
{
    public static ImmutableArray<MessageRecord> Of(IReadOnlyList<StreamRecord> records) => [.. records.Select(ToMessage)];

    private static MessageRecord ToMessage(StreamRecord record) => new(
        record.Offset,
        record.TimestampMicroseconds,
        record.Key,
        record.Value,
        [.. record.Headers.Select(header => new MessageHeader(header.Key, header.Value))]);
}
