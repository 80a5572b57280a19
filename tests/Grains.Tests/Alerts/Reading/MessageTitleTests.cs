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
    [InlineData("\0\0\0\u0003\u0004x", "schema id 772")]
    [InlineData("{\"a\": 1}", null)]
    [InlineData("Obj\u0001", null)]
    [InlineData("", null)]
    public void A_message_is_named_by_what_it_says_of_itself(string value, string? title) => Assert.Equal(title, MessageTitle.Of(Decode(value)));

    [Fact]
    public void A_packet_is_named_by_its_type_and_number() => Assert.Equal("packet of type 61, number 7", MessageTitle.Of(Decode(Packet(61, 7))));

    [Fact]
    public void A_format_that_the_bytes_belie_gives_no_title() =>
        Assert.All(Enum.GetValues<AlertFormat>().Where(format => format != AlertFormat.Text), format => Assert.Null(MessageTitle.Of(Decode("\u0001") with { Format = format })));
}
