using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts.Reading;

public sealed class MessageTitleTests
{
    [Theory]
    [InlineData("""{"title": "Two\nlines", "submitter": "s"}""", "Two lines")]
    [InlineData("""{"circularId": 40001, "subject": "GRB 260102A: limits", "body": "x"}""", "40001: GRB 260102A: limits")]
    [InlineData("""{"superevent_id": "MS260102a", "alert_type": "RETRACTION"}""", "igwn MS260102a retraction (test)")]
    [InlineData("<VOEvent ivorn='ivo://own.org/OWN#1'><What><Param name='TrigID' value='7'/></What></VOEvent>", "own.org/OWN 7")]
    [InlineData("TITLE: GCN/OWN NOTICE\nNOTICE_TYPE: Own Position\nTRIGGER_NUM: 7\n", "Own Position 7")]
    [InlineData("""{"format": "blob", "content": "TITLE: GCN/OWN NOTICE\nNOTICE_TYPE: Own Position\nTRIGGER_NUM: 7\n"}""", "Own Position 7")]
    [InlineData("\n first \n second", "first")]
    [InlineData("\0\0\0\u0003\u0004x", "looks like Avro with schema id 772")]
    [InlineData("{\"a\":\n\t1}", "{\"a\": 1}")]
    [InlineData("<?xml version='1.0'?>\n<a>\n  <b/>\n</a>", "<?xml version='1.0'?> <a> <b/> </a>")]
    [InlineData("Obj\u0001", null)]
    [InlineData("", null)]
    public void A_message_is_named_by_what_it_says_of_itself(string value, string? title) => Assert.Equal(title, MessageTitle.Of(Decode(value)));

    [Fact]
    public void A_packet_is_named_by_its_type_and_number() => Assert.Equal("packet of type 61, number 7", MessageTitle.Of(Decode(Packet(61, 7))));

    [Fact]
    public void What_is_no_text_is_named_by_its_schema_or_first_bytes()
    {
        const string Schema = """{"type": "record", "namespace": "ztf", "fields": [{"name": "candid", "type": "long"}], "name": "alert"}""";
        Assert.Equal("Avro file, schema ztf.alert", MessageTitle.Of(Decode([.. AvroBuilder.FileHeader(Schema), .. AvroBuilder.Block(1, [2])])));
        Assert.Equal("Avro record, schema ztf.alert", MessageTitle.Of(Decode([2]) with { Format = AlertFormat.AvroDatum, Key = Encoding.UTF8.GetBytes(Schema) }));
        Assert.Equal("bytes fffe", MessageTitle.Of(Decode([0xFF, 0xFE])));
        Assert.Equal($"bytes {new string('f', 32)}...", MessageTitle.Of(Decode([.. Enumerable.Repeat((byte)0xFF, 100)])));
    }

    [Fact]
    public void A_format_that_the_bytes_belie_gives_no_title() => Assert.All(
        Enum.GetValues<AlertFormat>().Where(format => format is not (AlertFormat.Text or AlertFormat.Bytes)), format => Assert.Null(MessageTitle.Of(Decode("\u0001") with { Format = format })));
}
