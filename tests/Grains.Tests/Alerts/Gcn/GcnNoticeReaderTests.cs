using System.Globalization;
using TomOrleans.Grains.Alerts.Gcn;
using TomOrleans.Grains.Tests.Alerts.Reading;
using TomOrleans.Testing;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts.Gcn;

public sealed class GcnNoticeReaderTests
{
    private const string Text = """
        TITLE:            GCN/OWN NOTICE
        NOTICE_DATE:      Fri 02 Jan 26 00:00:05 UT
        NOTICE_TYPE:      Own Burst Position Update
        TRIGGER_NUM:      12345,  Seg_Num: 0
        SEQUENCE_NUM:     3
        BKG_TIME:         1.00 SOD {00:00:01.00} UT
        GRB_RA:           103.5d {+06h 54m 00s} (J2000),
                          104.5d {+06h 58m 00s} (current)
        GRB_DEC:           10.25d {-10d 15' 00"} (J2000),
                           10.30d {-10d 18' 00"} (current)
        GRB_ERROR:        3.00 [arcmin radius, statistical only, 90% containment]
        GRB_DATE:         21042 TJD;     2 DOY;   26/01/02 (yy/mm/dd)
        GRB_TIME:         0.25 SOD {00:00:00.25} UT
        COMMENTS:         One.
        COMMENTS:         Two.
        """;

    private const string Event = """
        <?xml version='1.0'?>
        <voe:VOEvent ivorn="ivo://own.org/OWN#Pos_12345-3" role="ROLE" version="2.0">
          <Who><Date>2026-01-02T00:00:05</Date></Who>
          <What><Param name="TrigID" value="12345"/><Group name="g"><Param name="Pkt_Ser_Num" value="3"/></Group></What>
          <WhereWhen><ObsDataLocation>
            <ObservatoryLocation><AstroCoords><Position2D><Value2><C1>1</C1><C2>2</C2></Value2></Position2D></AstroCoords></ObservatoryLocation>
            <ObservationLocation><AstroCoords><Time><TimeInstant><ISOTime>2026-01-02T00:00:00.25</ISOTime></TimeInstant></Time>
              <Position2D unit="deg"><Value2><C1>RA</C1><C2>-10.25</C2></Value2><Error2Radius>0.05</Error2Radius></Position2D></AstroCoords></ObservationLocation>
          </ObsDataLocation></WhereWhen>
          <Citations><EventIVORN cite="CITE">ivo://own.org/OWN#Alert_12345-1</EventIVORN></Citations>
        </voe:VOEvent>
        """;

    [Fact]
    public void A_text_says_what_its_lines_say()
    {
        var notice = Read(Text);

        Check(notice);
        Assert.Equal(("Own Burst Position Update", GcnAlertType.Update, 0.9), (notice.Kind, notice.Type, notice.Position!.Containment));
    }

    [Fact]
    public void A_VOEvent_says_the_same_also_with_a_prefix_that_nobody_declared()
    {
        var notice = Read(Filled("observation", "followup", "103.5"));

        Check(notice);
        Assert.Equal(("own.org/OWN", "ivo://own.org/OWN#Pos_12345-3"), (notice.Kind, notice.Ivorn));
        Assert.Equal(["ivo://own.org/OWN#Alert_12345-1"], notice.Cites);
    }

    [Fact]
    public void Json_says_the_same()
    {
        var notice = Read("""
            {"$schema": "https://gcn.nasa.gov/schema/v4.1.0/gcn/notices/own/burst.schema.json", "id": ["12345", "bn1"], "event_name": "GRB 260102A", "record_number": 3,
             "alert_type": "update", "alert_tense": "current", "alert_datetime": "2026-01-02T00:00:05Z", "trigger_time": "2026-01-02T00:00:00.25",
             "ra": 103.5, "dec": -10.25, "ra_dec_error": [0.02, 0.05, 120], "containment_probability": 0.9}
            """);

        Check(notice);
        Assert.Equal(("own/burst", GcnAlertType.Update, 0.9), (notice.Kind, notice.Type, notice.Position!.Containment));
        Assert.Equal(["bn1", "GRB 260102A"], notice.Names);
    }

    [Theory]
    [InlineData("\"7\"", "7")]
    [InlineData("7", "7")]
    [InlineData("[7, \"x\"]", "7")]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void An_id_may_be_a_text_a_number_a_list_or_absent(string json, string? id) =>
        Assert.Equal(id, Read($$"""{"mission": "Own", "instrument": "X", "id": {{json}}, "trigger_time": "2026-01-02T00:00:00Z"}""").EventId);

    [Theory]
    [InlineData("S260102a", "INITIAL", GcnAlertType.Initial, false)]
    [InlineData("S260102a", "EARLYWARNING", GcnAlertType.Initial, false)]
    [InlineData("S260102a", "EARLY_WARNING", GcnAlertType.Initial, false)]
    [InlineData("MS260102a", "RETRACTION", GcnAlertType.Retraction, true)]
    public void A_gravitational_wave_is_known_by_its_superevent(string id, string type, GcnAlertType expected, bool isTest)
    {
        var notice = Read($$"""{"superevent_id": "{{id}}", "alert_type": "{{type}}", "time_created": "2026-01-02T00:00:05Z", "event": null}""");

        Assert.Equal((id, expected, isTest, null), (notice.EventId, notice.Type, notice.IsTest, notice.Position));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("deflate")]
    public void A_gravitational_wave_as_Avro_says_what_its_JSON_says(string codec)
    {
        const string schema = """
            {"type": "record", "name": "alert", "namespace": "own", "fields": [
              {"name": "alert_type", "type": {"type": "enum", "name": "kind", "symbols": ["PRELIMINARY", "UPDATE"]}},
              {"name": "time_created", "type": {"type": "string", "logicalType": "iso-datetime"}},
              {"name": "superevent_id", "type": "string"},
              {"name": "event", "type": ["null", {"type": "record", "name": "event", "fields": [{"name": "time", "type": "string"}, {"name": "far", "type": "double"}, {"name": "skymap", "type": "bytes"}]}]}]}
            """;
        byte[] record =
        [
            .. AvroBuilder.Long(1), .. AvroBuilder.Text("2026-01-02T00:00:05Z"), .. AvroBuilder.Text("S260102a"),
            .. AvroBuilder.Long(1), .. AvroBuilder.Text("2026-01-02T00:00:00.25Z"), .. BitConverter.GetBytes(double.NaN), .. AvroBuilder.Bytes(new byte[100_000]),
        ];

        var notice = Read([.. AvroBuilder.FileHeader(schema, codec), .. AvroBuilder.Block(1, record, codec)]);

        Assert.Equal(("LVK", "S260102a", GcnAlertType.Update, false), (notice.Mission, notice.EventId, notice.Type, notice.IsTest));
        Assert.Equal((Micros("2026-01-02T00:00:05"), Micros("2026-01-02T00:00:00.25")), (notice.IssuedMicroseconds, notice.EventMicroseconds));
    }

    [Fact]
    public void An_Avro_file_of_something_else_or_damaged_is_no_notice()
    {
        Assert.Null(GcnNoticeReader.Read(Decode([.. AvroBuilder.FileHeader("\"long\""), .. AvroBuilder.Block(1, AvroBuilder.Long(7))]), out var fault));
        Assert.StartsWith("no notice", fault, StringComparison.Ordinal);
        Assert.Null(GcnNoticeReader.Read(Decode([.. "Obj\u0001"u8, 1, 2, 3]), out fault));
        Assert.StartsWith("no notice", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", "followup", true, GcnAlertType.Unstated)]
    [InlineData("utility", "retraction", false, GcnAlertType.Retraction)]
    public void Tests_and_retractions_are_told(string role, string cite, bool isTest, GcnAlertType type)
    {
        var notice = Read(Filled(role, cite, "103.5"));

        Assert.Equal((isTest, type), (notice.IsTest, notice.Type));
    }

    [Theory]
    [InlineData("""{"mission": "Own", "id": 1, "ra": 0, "dec": 0, "ra_dec_error": 0}""")]
    [InlineData("""{"mission": "Own", "id": 1, "ra": 360.5, "dec": 0, "ra_dec_error": 1}""")]
    [InlineData("""{"mission": "Own", "id": 1, "ra": 10, "dec": -91}""")]
    [InlineData("""{"mission": "Own", "id": 1, "ra": 10}""")]
    [InlineData("""{"mission": "Own", "id": 1, "ra": "x", "dec": []}""")]
    public void What_is_no_place_on_the_sky_is_no_position(string json) => Assert.Null(Read(json).Position);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{broken")]
    [InlineData("{\"$schema\": \"https://gcn.nasa.gov/schema/main/gcn/notices/core/Alert.schema.json\", \"alert_datetime\": \"2026-01-02T00:00:00Z\"}")]
    [InlineData("<a/>")]
    [InlineData("<VOEvent/>")]
    [InlineData("<VOEvent ivorn='x'><a></VOEvent>")]
    [InlineData("<!DOCTYPE VOEvent [<!ENTITY a 'b'>]><VOEvent ivorn='x'>&a;</VOEvent>")]
    [InlineData("TITLE: words")]
    [InlineData("\u0001")]
    [InlineData("")]
    public void What_is_no_notice_is_refused_with_a_reason(string value)
    {
        Assert.Null(GcnNoticeReader.Read(Decode(value), out var fault));
        Assert.StartsWith("no notice", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_nested_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 200_000));

        Assert.Null(GcnNoticeReader.Read(Decode($"<VOEvent ivorn='x'>{deep}"), out var fault));
        Assert.Contains("nested deeper than 64", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_VOEvents_say_what_another_reader_found()
    {
        var rows = File.ReadAllLines(Find("gcn/voevent/EXPECTED.csv"));
        Assert.InRange(rows.Length, 70, 100);
        Assert.All(rows.Skip(1), row =>
        {
            var cells = row.Split(',');
            var notice = Read(File.ReadAllBytes(Find($"gcn/voevent/{cells[0]}")));

            Assert.Equal((cells[4], cells[3] == "test"), (notice.Ivorn, notice.IsTest));
            Assert.Equal(Micros(cells[5]), notice.IssuedMicroseconds);
            Assert.Equal(cells[14].Split('|').Select(cite => cite[(cite.IndexOf(':', StringComparison.Ordinal) + 1)..]).Where(cite => cite.Length > 0), notice.Cites);

            // The other reader took the telescope's place for these.
            if (!cells[0].Contains("Antares", StringComparison.Ordinal))
            {
                Assert.Equal(Micros(cells[6]), notice.EventMicroseconds);
                Assert.Equal(cells[8] is "" || (Degrees(cells[8]), Degrees(cells[9])) == (0, 0) ? null : (Degrees(cells[8]), Degrees(cells[9])),
                    notice.Position is { } at ? (at.RightAscensionDegrees, at.DeclinationDegrees) : default((double, double)?));
            }

            Assert.True(cells[12].Length == 0 || notice.EventId == cells[12], $"{notice.EventId} for {cells[12]}");
        });
    }

    [Fact]
    public void Every_real_notice_is_read()
    {
        Assert.All(Directory.EnumerateFiles(Find("gcn/classic-text")), file => Assert.NotNull(Read(File.ReadAllBytes(file)).EventId));
        Assert.All(
            Directory.EnumerateFiles(Find("gcn/json"), "*.json").Where(file => !Path.GetFileName(file).StartsWith("core.", StringComparison.Ordinal) && !file.Contains("heartbeat", StringComparison.Ordinal) && !file.Contains("boom", StringComparison.Ordinal)),
            file => Assert.NotNull(Read(File.ReadAllBytes(file)).Kind));
        var swift = Read(File.ReadAllBytes(Find("gcn/classic-text/SWIFT_BAT_GRB_POS_1193078_web.txt")));
        Assert.Equal(("1193078", 214.029, 20.895, 0.05), (swift.EventId, swift.Position!.RightAscensionDegrees, swift.Position.DeclinationDegrees, swift.Position.ErrorDegrees));
        Assert.Equal(Micros("2023-10-28T04:09:09.55"), swift.EventMicroseconds);
    }

    private static void Check(GcnNotice notice)
    {
        Assert.Equal(("12345", "3", false), (notice.EventId, notice.Version, notice.IsTest));
        Assert.Equal((Micros("2026-01-02T00:00:05"), Micros("2026-01-02T00:00:00.25")), (notice.IssuedMicroseconds, notice.EventMicroseconds));
        Assert.Equal((103.5, -10.25, 0.05), (notice.Position!.RightAscensionDegrees, notice.Position.DeclinationDegrees, notice.Position.ErrorDegrees));
    }

    private static string Filled(string role, string cite, string right) => Event
        .Replace("ROLE", role, StringComparison.Ordinal).Replace("CITE", cite, StringComparison.Ordinal).Replace(">RA<", $">{right}<", StringComparison.Ordinal);

    private static GcnNotice Read(string value) => Read(System.Text.Encoding.UTF8.GetBytes(value));

    private static GcnNotice Read(byte[] value)
    {
        var notice = GcnNoticeReader.Read(Decode(value), out var fault);
        Assert.Null(fault);
        return notice!;
    }

    private static long Micros(string iso) =>
        (DateTime.Parse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Find(string path)
    {
        var found = SharedData.Find(path);
        Assert.SkipUnless(found.Path is not null, found.Reason ?? "");
        return found.Path!;
    }
}
