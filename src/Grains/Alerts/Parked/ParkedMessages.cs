using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>Between a judged alert and its parked row. Headers are kept as length-prefixed names and values, so that any bytes survive.</summary>
public static class ParkedMessages
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static NewParked Of(Alert alert, Verdict verdict, TimeProvider time) => new(
        alert.Location.Offset,
        alert.TimestampMicroseconds,
        alert.Key.IsEmpty ? null : alert.Key.ToArray(),
        WriteHeaders(alert.Headers),
        alert.Value.ToArray(),
        ReasonOf(verdict),
        FaultsJson(verdict),
        Attempts: 1,
        Clock.Microseconds(time),
        NextTryMicroseconds: RetrySchedule.NextTry(verdict, attempts: 1, Clock.Microseconds(time)));

    public static ParkedMessage ToContract(ParkedRow row)
    {
        var headers = HopHeaders.Read(ReadHeaders(row.Message.Headers));
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
            Headers = [.. ReadHeaders(row.Message.Headers).Select(header => new ParkedHeader(header.Name, HeaderText(header.Value.Span)))],
            Value = row.Message.Value,
            Text = alert is null || alert.Value.IsEmpty ? null : ReadableText.Of(alert),
            Format = alert?.Format,
            Report = alert?.Report,
        };
    }

    /// <summary>Decodes the kept bytes anew, as if the message came just now.</summary>
    public static Alert Decode(ParkedRow row) => MessageDecoder.Decode(
        new(row.Message.Offset, row.Message.TimeMicroseconds, row.Message.Key, row.Message.Value, ReadHeaders(row.Message.Headers)),
        HandlerOf(row.Handler).Partition);

    public static HandlerKey HandlerOf(CursorKey cursor) => new(new(new(cursor.Stream, cursor.Topic), cursor.Partition), cursor.Handler);

    public static string ReasonOf(Verdict verdict) => verdict.Reason ?? "no reason given";

    public static string FaultsJson(Verdict verdict) => JsonSerializer.Serialize(verdict.Faults.Select(fault => new FaultJson(fault.Path, fault.Reason)));

    public static string StateOf(int state) => state switch
    {
        ParkedState.Retrying => "retrying",
        ParkedState.Handled => "handled",
        ParkedState.Dropped => "dropped",
        _ => "parked",
    };

    public static byte[] WriteHeaders(MessageHeaders headers)
    {
        using var stream = new MemoryStream();
        foreach (var header in headers)
        {
            Write(stream, Encoding.UTF8.GetBytes(header.Name));
            Write(stream, header.Value.Span);
        }

        return stream.ToArray();
    }

    public static MessageHeaders ReadHeaders(byte[] bytes)
    {
        var headers = new List<MessageHeader>();
        for (var rest = bytes.AsMemory(); !rest.IsEmpty;)
        {
            var name = Encoding.UTF8.GetString(Read(ref rest).Span);
            headers.Add(new(name, Read(ref rest)));
        }

        return [.. headers];
    }

    private static string HeaderText(ReadOnlySpan<byte> value) => TextOf(value) is { } text ? OneLine.Of(text) : $"0x{Convert.ToHexStringLower(value)}";

    private static string? TextOf(ReadOnlySpan<byte> value)
    {
        try
        {
            var text = StrictUtf8.GetString(value);
            return text.Any(character => char.IsControl(character) && character is not ('\t' or '\r' or '\n')) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Write(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
    }

    private static Memory<byte> Read(ref Memory<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        var part = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return part;
    }

    private sealed record FaultJson(string Path, string Reason);
}
