using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>Makes an alert of a Kafka record: who sent it, what it is, what it says.</summary>
public static class MessageDecoder
{
    /// <summary>
    /// Decodes a record. Never throws: what cannot be read becomes an alert with a <see cref="Alert.Fault"/>, a line that says what and
    /// where. The alert holds the record's bytes themselves, not a copy. Safe to call from many threads.
    /// </summary>
    public static Alert Decode(MessageRecord record, TopicPartitionName partition)
    {
        var headers = HopHeaders.Read(record.Headers);
        var location = new MessageLocation(partition.Topic.Stream, partition.Topic.Topic, partition.Partition, record.Offset);
        var content = Understand(record, headers.Format, new(location, headers.MessageId, headers.Sender, record.TimestampMicroseconds));
        return new()
        {
            Location = location,
            TimestampMicroseconds = record.TimestampMicroseconds,
            MessageId = headers.MessageId,
            Sender = headers.Sender,
            Format = content.Format,
            IsTest = headers.IsTest,
            Headers = record.Headers,
            Value = record.Value,
            Key = record.Key,
            Report = content.Report,
            Fault = content.Fault,
        };
    }

    private static MessageContent Understand(MessageRecord record, StatedFormat stated, MessageOrigin origin)
    {
        var value = record.Value;
        if (value is null or [])
        {
            var what = value is null ? "the message has no value (a tombstone)" : "the message is empty (0 bytes)";
            return MessageContent.Faulty(AlertFormat.Bytes, what);
        }

        try
        {
            return Framing.Of(value, stated) switch
            {
                _ when stated == StatedFormat.External => ExternalMessage.Read(value),
                Frame.Json when AvroForms.IsDatum(value, record.Key) => MessageContent.Of(AlertFormat.AvroDatum),
                Frame.Json => JsonForms.Of(value, stated, JsonContent.Read(value, origin, mayBeEnvelope: stated == StatedFormat.None)),
                Frame.PerhapsJson when JsonContent.Read(value, origin, mayBeEnvelope: false) is { Fault: null } json => json,
                _ => MessageContent.Of(ByteForms.Of(value, record.Key, stated)),
            };
        }
        catch (Exception unforeseen) when (unforeseen is not OutOfMemoryException)
        {
            // A mistake of ours must park this one message, not stop its partition.
            var what = FreeText.OneLine($"{unforeseen.GetType().Name}: {unforeseen.Message}");
            return MessageContent.Faulty(AlertFormat.Bytes, $"the decoder failed: {what}");
        }
    }
}
