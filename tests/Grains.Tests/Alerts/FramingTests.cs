using System.Buffers.Binary;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>What is told from bytes that are no text, from the key, or from a stand-in.</summary>
public sealed class FramingTests
{
    private const string Schema = """ {"type": "record", "name": "alert", "fields": [{"name": "id", "type": "string"}]}""";

    [Theory]
    [InlineData(160, 61, 10, AlertFormat.GcnBinary)]
    [InlineData(160, 150, 0, AlertFormat.GcnBinary)]
    [InlineData(160, 61, 11, AlertFormat.AvroFrame)]
    [InlineData(160, 0, 10, AlertFormat.AvroFrame)]
    [InlineData(156, 61, 10, AlertFormat.AvroFrame)]
    public void A_packet_of_forty_numbers_is_a_notice(int length, int type, int last, AlertFormat expected)
    {
        var value = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(value, type);
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(4), 0x0102_0304);
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(length - 4), last);

        Assert.Equal(expected, Decode(value).Format);
    }

    [Theory]
    [InlineData("\u0006abc", Schema, AlertFormat.AvroDatum)]
    [InlineData("\0\0\0\u0003\u0004x", Schema, AlertFormat.AvroDatum)]
    [InlineData("{\"\u0001", Schema, AlertFormat.AvroDatum)]
    [InlineData("{\"a\": 1}", Schema, AlertFormat.Json)]
    [InlineData("\u0006abc", "{\"type\": \"struct\"}", AlertFormat.Bytes)]
    [InlineData("\u0006abc", "distribution_schema_2.7", AlertFormat.Bytes)]
    public void A_key_that_is_a_schema_tells_an_avro_record(string value, string key, AlertFormat expected)
    {
        var record = Record(Encoding.UTF8.GetBytes(value)) with { Key = Encoding.UTF8.GetBytes(key) };

        var alert = MessageDecoder.Decode(record, Partition);

        Assert.Null(alert.Fault);
        Assert.Equal(expected, alert.Format);
        Assert.Equal(key, Encoding.UTF8.GetString(alert.Key.Span));
    }

    [Fact]
    public void Xml_need_not_be_utf8() =>
        Assert.Equal(AlertFormat.VoEvent, Decode(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><VOEvent><Who>Müller</Who></VOEvent>")).Format);

    [Theory]
    [InlineData("""{"url": "https://example.org/x"}""", "at 'https://example.org/x', and")]
    [InlineData("""{"url": 5}""", "at a place that the message does not name")]
    [InlineData("[]", "does not name")]
    [InlineData("{\"url\": \"\\ud800\"}", "does not name")]
    [InlineData("broken", "does not name")]
    public void An_external_message_is_refused_with_its_reason(string value, string reason)
    {
        var alert = Decode(value, Header("_format", "External"));

        Assert.Equal(AlertFormat.External, alert.Format);
        Assert.Contains("external message", alert.Fault, StringComparison.Ordinal);
        Assert.Contains(reason, alert.Fault, StringComparison.Ordinal);
    }
}
