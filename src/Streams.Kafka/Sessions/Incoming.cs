using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>From Confluent's record to ours.</summary>
internal static class Incoming
{
    public static StreamRecord From(ConsumeResult<byte[], byte[]> result)
    {
        var message = result.Message;
        KeyValuePair<string, byte[]>[] headers = [];
        if (message.Headers is { Count: > 0 } given)
        {
            headers = new KeyValuePair<string, byte[]>[given.Count];
            for (var i = 0; i < headers.Length; i++)
            {
                headers[i] = new(given[i].Key, given[i].GetValueBytes() ?? []);
            }
        }

        var time = message.Timestamp.Type == TimestampType.NotAvailable ? 0 : message.Timestamp.UnixTimestampMs * 1000;
        return new StreamRecord(result.Offset.Value, time, message.Key, message.Value, headers);
    }
}
