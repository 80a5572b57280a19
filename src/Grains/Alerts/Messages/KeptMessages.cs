using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Messages;

/// <summary>From rows of the log to what people see. Pure.</summary>
public static class KeptMessages
{
    /// <summary>Decodes the kept bytes anew, as if the message came just now.</summary>
    public static Alert Decode(KeptRow row)
    {
        var message = row.Message;
        return MessageDecoder.Decode(
            new(message.Offset, message.TimeMicroseconds, message.Key, message.Value.Unpack(), HeaderBytes.Read(message.Headers)),
            new(new(row.Stream, row.Topic), row.Partition));
    }

    public static KeptMessage ToContract(KeptRow row, Alert alert) => new()
    {
        Number = row.Id,
        Location = alert.Location,
        TimestampMicroseconds = alert.TimestampMicroseconds,
        KeptMicroseconds = row.Message.KeptMicroseconds,
        MessageId = alert.MessageId,
        Sender = alert.Sender,
        Format = alert.Format,
        Title = MessageTitle.Of(alert),
        Size = row.Message.Value.Size,
        IsTest = alert.IsTest,
    };
}
