using System.Text;
using TomOrleans.Alerts;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class MessageDecoderTests
{
    private const string Minimal = """{"title": "t", "topic": "hermes.test", "message_text": "", "submitter": "s", "authors": ""}""";

    [Fact]
    public void An_alert_tells_where_when_and_from_whom_it_came()
    {
        var record = Record(Encoding.UTF8.GetBytes(Minimal), HermesHeaders());

        var alert = TomOrleans.Grains.Alerts.Decoding.MessageDecoder.Decode(record, Partition);

        Assert.Equal("hop/hermes.test/3/42", alert.Location.ToString());
        Assert.Equal(Timestamp, alert.TimestampMicroseconds);
        Assert.Equal(Id, alert.MessageId);
        Assert.Equal("hermes-cred", alert.Sender);
        Assert.False(alert.IsTest);
        Assert.Null(alert.Fault);
        Assert.Equal(record.Headers, alert.Headers);
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(alert.Value, out var bytes));
        Assert.Same(record.Value, bytes.Array);
    }

    [Fact]
    public void The_id_is_read_in_network_order()
    {
        var alert = Decode(Minimal, new MessageHeader("_id", Convert.FromHexString("cf07969b886740a194e3992b3a1969c6")));

        Assert.Equal("cf07969b-8867-40a1-94e3-992b3a1969c6", alert.MessageId.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(36)]
    public void An_id_of_another_length_is_none(int length) => Assert.Null(Decode(Minimal, new MessageHeader("_id", new byte[length])).MessageId);

    [Fact]
    public void Of_repeated_headers_the_first_counts()
    {
        var alert = Decode(Minimal, [.. HermesHeaders(sender: "first"), Header("_sender", "second"), new("_id", new byte[16]), Header("_format", "blob")]);

        Assert.Equal("first", alert.Sender);
        Assert.Equal(Id, alert.MessageId);
        Assert.Equal(AlertFormat.Hermes, alert.Format);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("")]
    public void A_test_header_counts_whatever_its_value(string value) => Assert.True(Decode(Minimal, Header("_test", value)).IsTest);

    [Theory]
    [InlineData(" me ", "me")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("a\0b", "a\uFFFDb")]
    public void The_sender_is_trimmed_and_fit_to_be_stored(string value, string? sender) => Assert.Equal(sender, Decode(Minimal, Header("_sender", value)).Sender);

    [Fact]
    public void A_sender_that_is_no_utf8_does_no_harm() => Assert.Equal("\uFFFDx", Decode(Minimal, new MessageHeader("_sender", new byte[] { 0xFF, (byte)'x' })).Sender);

    [Fact]
    public void Headers_that_were_never_set_are_none()
    {
        var alert = TomOrleans.Grains.Alerts.Decoding.MessageDecoder.Decode(new MessageRecord(1, 2, null, "{}"u8.ToArray(), default), Partition);

        Assert.Empty(alert.Headers);
        Assert.Equal(AlertFormat.Json, alert.Format);
    }

    [Theory]
    [InlineData("json", Minimal, AlertFormat.Hermes)]
    [InlineData("JSON", Minimal, AlertFormat.Hermes)]
    [InlineData(" Json ", Minimal, AlertFormat.Hermes)]
    [InlineData("json", "[1, 2]", AlertFormat.Json)]
    [InlineData("json", "null", AlertFormat.Json)]
    [InlineData("json", "NaN", AlertFormat.Json)]
    [InlineData("json", """{"format": "blob", "content": "x"}""", AlertFormat.Json)]
    [InlineData("circular", """{"header": {"title": "x"}, "body": "y"}""", AlertFormat.Circular)]
    [InlineData("circular", "TITLE:   GCN CIRCULAR\nNUMBER:  1\n", AlertFormat.Circular)]
    [InlineData("voevent", "<?xml version='1.0'?><voe:VOEvent/>", AlertFormat.VoEvent)]
    [InlineData("voevent", "<NoEvent/>", AlertFormat.VoEvent)]
    [InlineData("voevent", "words", AlertFormat.Text)]
    [InlineData("voevent", """{"ivorn": "ivo://x"}""", AlertFormat.Json)]
    [InlineData("gcntextnotice", "TITLE: x\nNOTICE_DATE: y\n", AlertFormat.GcnText)]
    [InlineData("gcntextnotice", "no title", AlertFormat.GcnText)]
    [InlineData("gcntextnotice", "\u0001", AlertFormat.Bytes)]
    [InlineData("blob", "<x/>", AlertFormat.Text)]
    [InlineData("nobody-knows", "Obj\u0001", AlertFormat.AvroFile)]
    [InlineData("blob", "{broken", AlertFormat.Text)]
    [InlineData("blob", "\u0001", AlertFormat.Bytes)]
    [InlineData("nobody-knows", "some text", AlertFormat.Text)]
    [InlineData("avro", "Obj\u0001", AlertFormat.AvroFile)]
    [InlineData("avro", "\u0002x", AlertFormat.Bytes)]
    [InlineData("", Minimal, AlertFormat.Hermes)]
    public void A_stated_format_is_believed(string format, string value, AlertFormat expected)
    {
        var alert = Decode(value, Header("_format", format));

        Assert.Null(alert.Fault);
        Assert.Equal(expected, alert.Format);
    }

    [Theory]
    [InlineData(Minimal, AlertFormat.Hermes)]
    [InlineData(" \r\n\t" + Minimal + "\n", AlertFormat.Hermes)]
    [InlineData("\uFEFF" + Minimal, AlertFormat.Hermes)]
    [InlineData("{}", AlertFormat.Json)]
    [InlineData("""{"title": "only"}""", AlertFormat.Json)]
    [InlineData("""{"subject": "x", "submitter": "y", "body": "z"}""", AlertFormat.Json)]
    [InlineData("[1]", AlertFormat.Json)]
    [InlineData("[GCN] words", AlertFormat.Text)]
    [InlineData("{\"circularId\": 1, \"body\": \"x\"}", AlertFormat.Circular)]
    [InlineData("{\"circularId\": NaN, \"body\": \"x\"}", AlertFormat.Json)]
    [InlineData("{\"a\": {\"circularId\": 1, \"body\": \"x\"}}", AlertFormat.Json)]
    [InlineData("TITLE: GCN/FERMI NOTICE", AlertFormat.GcnText)]
    [InlineData("\nTITLE:\tGCN CIRCULAR\n", AlertFormat.Circular)]
    [InlineData("<VOEvent/>", AlertFormat.VoEvent)]
    [InlineData("\uFEFF\n<?xml version='1.0'?>\n<!-- <x> --><!DOCTYPE a [<!ENTITY b \"c\">]> <voe:VOEvent ivorn='x'>", AlertFormat.VoEvent)]
    [InlineData("<!DOCTYPE html><html/>", AlertFormat.Xml)]
    [InlineData("<?xml version='1.0'?>", AlertFormat.Xml)]
    [InlineData("< 5 degrees", AlertFormat.Text)]
    [InlineData("<", AlertFormat.Text)]
    [InlineData("12.5", AlertFormat.Text)]
    [InlineData("Čerenkov", AlertFormat.Text)]
    [InlineData("tab\tfeed\fok", AlertFormat.Text)]
    [InlineData("Obj\u0001avro", AlertFormat.AvroFile)]
    [InlineData("Obj\u0002avro", AlertFormat.Bytes)]
    [InlineData("\0\0\0\u0003", AlertFormat.Bytes)]
    [InlineData("\0\0\0\u0003\u0004x", AlertFormat.AvroFrame)]
    [InlineData("\0\0\0\0\0x", AlertFormat.Bytes)]
    [InlineData("\0\u0001\0\0\0x", AlertFormat.Bytes)]
    [InlineData("{\u0002\u0003avro", AlertFormat.Bytes)]
    public void Without_a_stated_format_the_bytes_tell(string value, AlertFormat expected)
    {
        var alert = Decode(value);

        Assert.Null(alert.Fault);
        Assert.Equal(expected, alert.Format);
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_bytes() => Assert.Equal(AlertFormat.Bytes, Decode([0xFF, 0xFE, 0x41]).Format);

    [Theory]
    [InlineData("""{"format": "blob", "content": "TITLE: GCN"}""", AlertFormat.GcnText)]
    [InlineData("""{"format": "blob", "content": "some words"}""", AlertFormat.Text)]
    [InlineData("""{"format": "voevent", "content": "<VOEvent/>"}""", AlertFormat.VoEvent)]
    [InlineData("""{"format": "circular", "content": {"header": {"title": "x", "a": NaN}, "body": "y"}}""", AlertFormat.Circular)]
    [InlineData("""{"content": {"a": 1}, "format": "blob"}""", AlertFormat.Json)]
    [InlineData("""{"format": "json", "content": {"title": "t", "submitter": "s", "data": {}}}""", AlertFormat.Hermes)]
    [InlineData("""{"format": "json", "content": {"format": "json", "content": "x"}}""", AlertFormat.Json)]
    [InlineData("""{"format": "json", "content": [1]}""", AlertFormat.Json)]
    [InlineData("""{"format": 5, "content": "x"}""", AlertFormat.Json)]
    [InlineData("""{"format": "blob", "content": "x", "more": 1}""", AlertFormat.Json)]
    public void The_old_hop_envelope_is_unwrapped(string value, AlertFormat expected) => Assert.Equal(expected, Decode(value).Format);

    [Fact]
    public void A_hermes_message_in_the_old_envelope_keeps_its_rows()
    {
        var alert = Decode($$"""{"format": "json", "content": {"title": "t", "submitter": "s", "data": {"photometry": [{{GoodRow}}]} } }""");

        Assert.Equal("AT2026abc", Assert.Single(alert.Report!.Points).TargetName);
    }

    [Theory]
    [InlineData("json", "", "empty (0 bytes)")]
    [InlineData(null, "", "empty (0 bytes)")]
    [InlineData("json", "not json at all", "broken JSON in line 1, byte 1")]
    [InlineData(null, "{\"title\": \"cut off", "broken JSON in line 1")]
    [InlineData(null, "{hello", "broken JSON in line 1, byte 1")]
    [InlineData(null, "{\"a\": 1,\n\"b\": nan}", "broken JSON in line 2, byte 6")]
    [InlineData(null, "{\"a\": 1} {\"b\": 2}", "broken JSON in line 1, byte 9")]
    [InlineData(null, "{\"a\": 1,}", "broken JSON in line 1, byte 8")]
    [InlineData(null, "{\"a\": 01}", "broken JSON in line 1, byte 7")]
    [InlineData("json", "  ", "broken JSON in line 1")]
    [InlineData("json", "[NaN", "broken JSON in line 1")]
    [InlineData("json", "[NaNo]", "broken JSON in line 1, byte 1")]
    public void Broken_json_is_a_fault_that_says_where(string? format, string value, string fault)
    {
        var alert = format is null ? Decode(value) : Decode(value, Header("_format", format));

        Assert.Contains(fault, alert.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", alert.Fault, StringComparison.Ordinal);
        Assert.Null(alert.Report);
    }

    [Fact]
    public void A_tombstone_is_a_fault() => Assert.Contains("no value", Decode((byte[]?)null, HermesHeaders()).Fault, StringComparison.Ordinal);

    [Fact]
    public void Invalid_utf8_in_json_is_a_fault_that_says_where()
    {
        var alert = Decode([.. "{\"a\": \"é"u8, 0xC3, .. "\"}"u8]);

        Assert.Contains("no UTF-8 at byte 9", alert.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"photometry": {}}""", "data.photometry is an object, not a list (byte")]
    [InlineData("""{"photometry": 5}""", "data.photometry is a number, not a list (byte")]
    [InlineData("""{"photometry": "x"}""", "data.photometry is a text, not a list (byte")]
    [InlineData("""{"targets": {"name": "x"}}""", "data.targets is an object, not a list (byte")]
    [InlineData("""[]""", "data is a list, not an object (byte")]
    [InlineData("\"x\"", "data is a text, not an object (byte")]
    public void A_wrong_structure_is_a_fault_that_says_where(string data, string fault)
    {
        var alert = DecodeData(data);

        Assert.StartsWith(fault, alert.Fault, StringComparison.Ordinal);
        Assert.Equal(AlertFormat.Hermes, alert.Format);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_a_fault()
    {
        Assert.Null(DecodeData(Nested(60)).Fault);
        Assert.Contains("depth", DecodeData(Nested(70)).Fault, StringComparison.Ordinal);
        Assert.Contains("depth", Decode(new string('[', 1_000_000), Header("_format", "json")).Fault, StringComparison.Ordinal);

        static string Nested(int depth) => $$"""{"extra": {{new string('[', depth)}}{{new string(']', depth)}}}""";
    }

    [Fact]
    public void A_message_is_decoded_the_same_on_many_threads()
    {
        var rows = string.Join(",", Enumerable.Range(0, 50).Select(i => Row(("bandpass", $"\"b{i}\""), ("target_name", $"\"T{i}\""))));
        var texts = Enumerable.Range(0, 50).Select(i => ($"T{i}", $"b{i}")).ToArray();

        Parallel.For(0, 400, _ => Assert.Equal(texts, DecodeRows(rows).Points.Select(row => (row.TargetName, row.Point.Bandpass))));
    }
}
