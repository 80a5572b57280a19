using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.SkyEvents;
using TomOrleans.Storage.SkyEvents;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.SkyEvents;

/// <summary>Which event a message is of, and when two messages say the same.</summary>
public sealed class SkyEventReadingTests
{
    private static readonly HandlerDefinition Definition = new() { Id = "gcn-notice", Name = "gcn-notice" };
    private static readonly HandlerDefinition WithTests = Definition with { IgnoreTest = false };

    private const string Circular = """{"circularId": 40001, "subject": "GRB 260102A: NGC 4993 again", "createdOn": 1767312000000, "submitter": "A. Body <a@example.org>", "body": "One.\nTwo.\n", "eventId": "GRB 260102A"}""";

    [Fact]
    public void A_circular_is_known_by_its_number_and_found_by_what_its_subject_names()
    {
        var version = Kept(SkyEventReading.OfCircular(Decode(Circular)));

        Assert.Equal(("GCN-40001", "GRB 260102A: NGC 4993 again", "A. Body <a@example.org>"), (version.Key, version.Content.Title, version.Content.Submitter));
        Assert.Contains(new SkyEventName("GRB 260102A", "grb260102a", SkyEventNameRank.Stated), version.Names);
        Assert.Contains(new SkyEventName("40001", "40001", SkyEventNameRank.Id), version.Names);
        Assert.Contains(new SkyEventName("NGC 4993", "ngc4993", SkyEventNameRank.Words), version.Names);
        Assert.Equal(("hop", "hermes.test", 3, 42, Timestamp), (version.Message.Stream, version.Message.Topic, version.Message.Partition, version.Message.Offset, version.Message.TimeMicroseconds));
    }

    [Theory]
    [InlineData("""{"circularId": 40001, "bibcode": "2026GCN.40001....1B", "subject": "GRB 260102A: NGC 4993 again", "createdOn": 1767312000000, "submitter": "A. Body <a@example.org>", "body": "One.  \r\nTwo."}""", true)]
    [InlineData("""{"header": {"title": "GCN CIRCULAR", "number": "40001", "subject": "GRB 260102A: NGC 4993 again", "date": "26/01/02 00:00:00 GMT", "from": "A. Body <a@example.org>"}, "body": "One.\nTwo."}""", true)]
    [InlineData("TITLE:   GCN CIRCULAR\r\nNUMBER:  40001\r\nSUBJECT: GRB 260102A: NGC 4993 again\r\nDATE:    26/01/02 00:00:00 GMT\r\nFROM:    A. Body <a@example.org>\r\n\r\nOne.\r\nTwo.\r\n", true)]
    [InlineData("""{"circularId": 40001, "subject": "GRB 260102A: NGC 4993 again", "submitter": "A. Body <a@example.org>", "body": "One.\nThree."}""", false)]
    [InlineData("""{"circularId": 40001, "subject": "GRB 260102B: NGC 4993 again", "submitter": "A. Body <a@example.org>", "body": "One.\nTwo."}""", false)]
    public void A_circular_says_the_same_again_where_subject_author_and_text_are_equal(string other, bool isSame)
    {
        var again = Kept(SkyEventReading.OfCircular(Decode(other)));

        Assert.Equal("GCN-40001", again.Key);
        Assert.Equal(isSame, Kept(SkyEventReading.OfCircular(Decode(Circular))).Content.Hash == again.Content.Hash);
    }

    [Theory]
    [InlineData("""{"mission": "Swift", "instrument": "BAT", "id": 1193078, "trigger_time": "2026-01-02T00:00:00Z"}""", "SWIFT-1193078")]
    [InlineData("""{"$schema": "https://gcn.nasa.gov/schema/v4.1.0/gcn/notices/swift/bat/guano.schema.json", "id": ["1193078", "x"]}""", "SWIFT-1193078")]
    [InlineData("""{"$schema": "https://gcn.nasa.gov/schema/main/gcn/notices/einstein_probe/wxt/alert.schema.json", "trigger_time": "2026-01-02T00:00:00.25Z"}""", "EINSTEIN_PROBE-2026-01-02T00:00:00.25Z")]
    [InlineData("""{"mission": "Boom", "data": {"targets": [{"event_name": "ZTF26aaaaaaa", "ra": 150.5, "dec": 15.25}], "photometry": []}}""", "BOOM-ZTF26aaaaaaa")]
    [InlineData("""{"superevent_id": "S260102a", "alert_type": "INITIAL", "event": {"time": "2026-01-02T00:00:00Z", "far": NaN}}""", "LVK-S260102a")]
    [InlineData("<v:VOEvent ivorn='ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_1193078-0' role='observation'><What><Param name='TrigID' value='1193078'/></What></v:VOEvent>", "SWIFT-1193078")]
    [InlineData("<v:VOEvent ivorn='ivo://nasa.gsfc.gcn/INTEGRAL#SPIACS_000000-0-619'><What><Param name='TrigID' value='0'/></What></v:VOEvent>", "nasa.gsfc.gcn/INTEGRAL#SPIACS_000000-0-619")]
    [InlineData("<v:VOEvent ivorn='ivo://gwnet/LVC#S260102a-1'><What><Param name='GraceID' value='S260102a'/></What></v:VOEvent>", "LVK-S260102a")]
    [InlineData("<v:VOEvent ivorn='ivo://nasa.gsfc.gcn/AMON#ICECUBE_1'><What><Param name='run_id' value='134191'/><Param name='event_id' value='017593623'/></What></v:VOEvent>", "AMON-134191_17593623")]
    [InlineData("<VOEvent ivorn='ivo://own/x#2'><Citations><EventIVORN cite='supersedes'>ivo://own/x#1</EventIVORN></Citations></VOEvent>", "own/x#1")]
    [InlineData("TITLE:   GCN/SWIFT NOTICE\nNOTICE_TYPE: Swift-BAT GRB Position\nTRIGGER_NUM: 1193078, Seg_Num: 0\n", "SWIFT-1193078")]
    [InlineData("TITLE:   GCN/AMON NOTICE\nNOTICE_TYPE: ICECUBE Astrotrack Gold\nRUN_NUM: 134191\nEVENT_NUM: 17593623\n", "AMON-134191_17593623")]
    public void A_notice_is_of_the_same_event_in_all_forms(string value, string key) => Assert.Equal(key, Kept(SkyEventReading.OfNotice(Decode(value), Definition)).Key);

    [Theory]
    [InlineData("""{"superevent_id": "MS260102a", "alert_type": "RETRACTION", "event": null}""", "test notice")]
    [InlineData("""{"mission": "Own", "id": 1, "alert_tense": "test"}""", "test notice")]
    [InlineData("<VOEvent ivorn='ivo://o/x#1' role='test'/>", "test notice")]
    [InlineData("<VOEvent ivorn='ivo://o/x#1' role='utility'/>", "no event: where a telescope points, or how it is")]
    [InlineData("TITLE:   GCN/SWIFT NOTICE\nNOTICE_TYPE: SWIFT Pointing Direction\nTGT_NUM: 7\n", "no event: where a telescope points, or how it is")]
    public void Tests_and_notices_of_no_event_are_ignored_unless_asked_for(string value, string reason)
    {
        Assert.Equal(Verdict.Ignored(reason).Reason, SkyEventReading.OfNotice(Decode(value), Definition).Verdict?.Reason);
        Assert.Equal(reason == "test notice", Kept(SkyEventReading.OfNotice(Decode(value), WithTests)).Content.IsTest);
    }

    [Theory]
    [InlineData("words", "no notice")]
    [InlineData("{broken", "no notice")]
    [InlineData("""{"uid": "S1", "alert_type": "new", "object": {"superevent_id": "S260102a"}}""", "no notice: it names no event")]
    [InlineData("TITLE:   GCN/OWN NOTICE\nNOTICE_TYPE: Own\n", "a notice without id and time")]
    public void What_is_no_notice_is_parked_with_a_reason(string value, string reason)
    {
        var verdict = SkyEventReading.OfNotice(Decode(value), Definition).Verdict!;

        Assert.Equal(Fate.Parked, verdict.Fate);
        Assert.StartsWith(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_of_another_format_are_not_for_the_handler()
    {
        Assert.Equal(Fate.Ignored, SkyEventReading.OfNotice(Decode(Circular), Definition).Verdict?.Fate);
        Assert.Equal(Fate.Ignored, SkyEventReading.OfCircular(Decode("<VOEvent ivorn='ivo://o/x#1'/>")).Verdict?.Fate);
        Assert.Equal(Fate.Ignored, SkyEventReading.OfCircular(DecodeData("{}")).Verdict?.Fate);
        Assert.Equal("a circular without a number: nothing says which one it is", SkyEventReading.OfCircular(Decode("""{"circularId": "7a", "subject": "s", "body": "b"}""")).Verdict?.Reason);

        var packet = new byte[160];
        packet[3] = 61;
        packet[159] = (byte)'\n';
        Assert.Contains("gcn.classic.text", SkyEventReading.OfNotice(Tests.Alerts.MessageBuilder.Decode(packet), Definition).Verdict?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sky_map_is_not_kept_with_the_text()
    {
        var version = Kept(SkyEventReading.OfNotice(
            Decode($$"""{"superevent_id": "S260102a", "alert_type": "PRELIMINARY", "event": {"far": 1e-9, "skymap": "{{new string('A', 1_000_000)}}"} }"""), Definition));

        Assert.InRange(version.Content.Body.Length, 50, 1_000);
        Assert.Contains("1e-9", version.Content.Body, StringComparison.Ordinal);
        Assert.Equal("igwn S260102a (initial)", version.Content.Title);
    }

    private static NewSkyEventVersion Kept(SkyEventReading reading)
    {
        Assert.Null(reading.Verdict);
        return reading.Version!;
    }

    private static Alert Decode(string value) => Tests.Alerts.MessageBuilder.Decode(Encoding.UTF8.GetBytes(value));
}
