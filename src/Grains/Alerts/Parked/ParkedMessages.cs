using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>Between a judged alert and its parked row.</summary>
public static class ParkedMessages
{
    public static NewParked Of(Alert alert, Verdict verdict, TimeProvider time) => new(
        alert.Location.Offset,
        alert.TimestampMicroseconds,
        alert.Key.IsEmpty ? null : alert.Key.ToArray(),
        HeaderBytes.Write(alert.Headers),
        alert.Value.ToArray(),
        ReasonOf(verdict),
        FaultsJson(verdict),
        Attempts: 1,
        Clock.Microseconds(time),
        NextTryMicroseconds: RetrySchedule.NextTry(verdict, attempts: 1, Clock.Microseconds(time)));

    public static ParkedMessage ToContract(ParkedRow row)
    {
        var headers = HopHeaders.Read(HeaderBytes.Read(row.Message.Headers));
        return new()
        {
            Id = row.Id,
            Location = new(row.Handler.Stream, row.Handler.Topic, row.Handler.Partition, row.Message.Offset),
            Handler = row.Handler.Handler,
            State = StateOf(row.State),
            Reason = row.Message.Reason,
            Faults = [.. JsonSerializer.Deserialize<FaultJson[]>(row.Message.FaultsJson)!.Select(fault => new RowFault(fault.Path, fault.Reason))],
            Attempts = row.Message.Attempts,
            ParkedMicroseconds = row.Message.ParkedMicroseconds,
            Size = row.Message.Value.Length,
            MessageId = headers.MessageId,
            Sender = headers.Sender,
            NextTryMicroseconds = row.State < ParkedState.Handled ? row.Message.NextTryMicroseconds : null,
            EndedMicroseconds = row.EndedMicroseconds,
        };
    }

    public static ParkedDetail ToDetail(ParkedRow row)
    {
        var alert = row.State < ParkedState.Handled ? Decode(row) : null;
        return new()
        {
            Message = ToContract(row),
            Headers = HeaderBytes.Readable(HeaderBytes.Read(row.Message.Headers)),
            Value = row.Message.Value,
            Text = alert is null || alert.Value.IsEmpty ? null : ReadableText.Of(alert),
            Format = alert?.Format,
            Report = alert?.Report,
        };
    }

    /// <summary>Decodes the kept bytes anew, as if the message came just now.</summary>
    public static Alert Decode(ParkedRow row) => MessageDecoder.Decode(
        new(row.Message.Offset, row.Message.TimeMicroseconds, row.Message.Key, row.Message.Value, HeaderBytes.Read(row.Message.Headers)),
        HandlerOf(row.Handler).Partition);

    public static HandlerKey HandlerOf(CursorKey cursor) => new(new(new(cursor.Stream, cursor.Topic), cursor.Partition), cursor.Handler);

    public static string ReasonOf(Verdict verdict) => verdict.Reason is { } reason ? OneLine.Of(reason) : "no reason given";

    public static string FaultsJson(Verdict verdict) => JsonSerializer.Serialize(verdict.Faults.Select(fault => new FaultJson(OneLine.Of(fault.Path), OneLine.Of(fault.Reason))));

    public static string StateOf(int state) => state switch
    {
        ParkedState.Retrying => "retrying",
        ParkedState.Handled => "handled",
        ParkedState.Dropped => "dropped",
        _ => "parked",
    };

    private sealed record FaultJson(string Path, string Reason);
}
