using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary>From Confluent's record to ours.</summary>
internal static class Incoming
{
    public static StreamRecord From(ConsumeResult<byte[], byte[]> result)
    {
        var message = result.Message;
        var headers = (message.Headers ?? []).Select(header => KeyValuePair.Create(header.Key, header.GetValueBytes() ?? [])).ToList();
        var time = message.Timestamp.Type == TimestampType.NotAvailable ? 0 : message.Timestamp.UnixTimestampMs * 1000;
        return new StreamRecord(result.Offset.Value, time, message.Key, message.Value, RecordHeaders.Of(headers));
    }
}
