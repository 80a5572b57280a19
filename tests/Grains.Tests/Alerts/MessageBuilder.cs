using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Kafka records as Hermes publishes them, and what becomes of them.</summary>
internal static class MessageBuilder
{
    public const long Timestamp = 1_782_875_045_000_000;
    public static readonly TopicPartitionName Partition = new(new("hop", "hermes.test"), 3);
    public static readonly Guid Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

    /// <summary>A row that can be read.</summary>
    public const string GoodRow = """
        {"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "1m0a", "instrument": "fa16", "bandpass": "g", "brightness": 18.5, "brightness_error": 0.02,
         "brightness_unit": "AB mag", "limiting_brightness_unit": "AB mag"}
        """;

    /// <summary>The headers of a Hermes message, in its order.</summary>
    public static ImmutableArray<MessageHeader> HermesHeaders(Guid? id = null, string sender = "hermes-cred") =>
    [
        Header("topic", "hermes.test"), new("_id", (id ?? Id).ToByteArray(bigEndian: true)), Header("_format", "json"), Header("title", "A title"), Header("_sender", sender),
    ];

    public static MessageHeader Header(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));

    public static MessageRecord Record(byte[]? value, params ImmutableArray<MessageHeader> headers) => new(42, Timestamp, null, value, headers);

    public static Alert Decode(byte[]? value, params ImmutableArray<MessageHeader> headers) => MessageDecoder.Decode(Record(value, headers), Partition);

    public static Alert Decode(string value, params ImmutableArray<MessageHeader> headers) => Decode(Encoding.UTF8.GetBytes(value), headers);

    /// <summary>A GCN packet that begins with these numbers.</summary>
    public static byte[] Packet(params ReadOnlySpan<int> numbers)
    {
        var packet = new byte[160];
        for (var index = 0; index < numbers.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(index * sizeof(int)), numbers[index]);
        }

        packet[^1] = (byte)'\n';
        return packet;
    }

    /// <summary>A Hermes message with this as <c>data</c>.</summary>
    public static Alert DecodeData(string data) =>
        Decode($$"""{"title": "A title", "topic": "hermes.test", "message_text": "", "submitter": "peer", "authors": "", "data": {{data}}}""", HermesHeaders());

    /// <summary>A Hermes message with these photometry rows.</summary>
    public static PhotometryReport DecodeRows(params string[] rows)
    {
        var alert = DecodeData($$"""{"photometry": [{{string.Join(", ", rows)}}]}""");
        Assert.Null(alert.Fault);
        return alert.Report!;
    }

    /// <summary>The good row with some fields set, added, or (null) left out.</summary>
    public static string Row(params (string Field, string? Json)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["target_name"] = "\"AT2026abc\"",
            ["date_obs"] = "\"2026-07-01T03:04:05Z\"",
            ["telescope"] = "\"1m0a\"",
            ["instrument"] = "\"fa16\"",
            ["bandpass"] = "\"g\"",
            ["brightness"] = "18.5",
            ["brightness_error"] = "0.02",
            ["brightness_unit"] = "\"AB mag\"",
        };
        foreach (var (field, json) in changes)
        {
            if (json is null)
            {
                fields.Remove(field);
            }
            else
            {
                fields[field] = json;
            }
        }

        return "{" + string.Join(", ", fields.Select(pair => $"\"{pair.Key}\": {pair.Value}")) + "}";
    }
}
