using TomOrleans.Alerts;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class HermesReaderTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"photometry": null, "targets": null}""")]
    [InlineData("""{"photometry": [], "targets": []}""")]
    [InlineData("""{"spectroscopy": [], "extra_data": [1]}""")]
    public void A_message_without_rows_has_an_empty_report(string data)
    {
        var report = DecodeData(data).Report!;

        Assert.Equal("A title", report.Title);
        Assert.Equal("peer", report.Submitter);
        Assert.Empty(report.Targets);
        Assert.Empty(report.Points);
        Assert.Empty(report.Faults);
        Assert.Null(report.SubmissionKey);
    }

    [Fact]
    public void Rows_of_a_message_share_one_provenance()
    {
        var report = DecodeRows(GoodRow, Row(("bandpass", "\"r\"")));

        var provenance = report.Points[0].Point.Provenance!;
        Assert.Same(provenance, report.Points[1].Point.Provenance);
        Assert.Equal("hop/hermes.test/3/42", provenance.Location.ToString());
        Assert.Equal(Id, provenance.MessageId);
        Assert.Equal("hermes-cred", provenance.Sender);
        Assert.Equal(Timestamp, provenance.TimestampMicroseconds);
    }

    [Fact]
    public void Texts_that_recur_are_one_string()
    {
        var (first, second) = (DecodeRows(GoodRow).Points[0], DecodeRows(GoodRow).Points[0]);

        Assert.Same(first.Point.Bandpass, second.Point.Bandpass);
        Assert.Same(first.Point.Telescope, second.Point.Telescope);
        Assert.Same(first.Point.Instrument, second.Point.Instrument);
        Assert.Same(first.Point.Origin, second.Point.Origin);
        Assert.Same(first.TargetName, second.TargetName);
    }

    [Theory]
    [InlineData("cred", "\"peer\"", "cred")]
    [InlineData(null, "\" peer \"", "peer")]
    [InlineData(null, "\"\"", "unknown")]
    [InlineData(null, "null", "unknown")]
    [InlineData(null, "5", "unknown")]
    [InlineData(" ", "\"p\\u0065er\"", "peer")]
    public void The_origin_is_the_authenticated_sender_else_the_submitter(string? sender, string submitter, string origin)
    {
        var before = $$"""{"title": "t", "submitter": {{submitter}}, "data": {"photometry": [{{GoodRow}}]} }""";
        var after = $$"""{"data": {"photometry": [{{GoodRow}}]}, "submitter": {{submitter}}, "title": "t"}""";

        foreach (var message in (string[])[before, after])
        {
            var alert = sender is null ? Decode(message) : Decode(message, Header("_sender", sender));
            Assert.Equal(origin, alert.Report!.Points[0].Point.Origin);
        }
    }

    [Fact]
    public void One_bad_row_harms_no_other()
    {
        var report = DecodeRows(GoodRow, Row(("date_obs", "\"2026\"")), "null", "[1]", Row(("bandpass", "\"r\"")), Row(("bandpass", null)));

        Assert.Equal(["g", "r"], report.Points.Select(row => row.Point.Bandpass));
        Assert.Equal(
        [
            "data.photometry[1].date_obs: '2026' cannot be read for certain: it could be a year or a modified Julian date",
            "data.photometry[2]: is null, not an object",
            "data.photometry[3]: is a list, not an object",
            "data.photometry[5].bandpass: is missing",
        ], report.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Faults_beyond_a_bound_are_counted()
    {
        var report = DecodeRows([.. Enumerable.Repeat("0", 10_000), GoodRow]);

        Assert.Equal(500, report.Faults.Length);
        Assert.Equal("data.photometry: 9501 more rows cannot be read", report.Faults[^1].ToString());
        Assert.Single(report.Points);
    }

    [Fact]
    public void Of_a_repeated_key_the_last_counts()
    {
        var bad = Row(("bandpass", null));
        var good = Row(("bandpass", "\"g\", \"bandpass\": \"r\""));
        var alert = Decode($$"""
            {"title": "old", "submitter": "s", "data": [], "data": {"photometry": [{{bad}}]}, "title": "new",
             "data": {"targets": 5, "photometry": [{{GoodRow}}, {{GoodRow}}], "targets": [], "photometry": [{{good}}]} }
            """);

        Assert.Null(alert.Fault);
        Assert.Equal("new", alert.Report!.Title);
        Assert.Empty(alert.Report.Faults);
        Assert.Equal("r", Assert.Single(alert.Report.Points).Point.Bandpass);
    }

    [Fact]
    public void Unknown_keys_are_passed_over_at_any_depth()
    {
        const string Unknown = """{"photometry": [{"brightness": {"title": ["}", NaN]}}], "data": 5, "s": "\\\"}]"}""";
        var alert = Decode($$"""
            {"x": {{Unknown}}, "title": "t", "submitter": "s", "data": {"y": [{{Unknown}}], "photometry": [{{Row(("T_start", Unknown), ("catalog", "null"))}}], "z": -Infinity}, "w": [[]]}
            """);

        Assert.Null(alert.Fault);
        Assert.Single(alert.Report!.Points);
        Assert.Empty(alert.Report.Faults);
    }

    [Fact]
    public void Keys_may_be_escaped()
    {
        var alert = Decode($$"""{"t\u0069tle": "t", "submitter": "s", "d\u0061ta": {"photometry": [{{GoodRow.Replace("target_name", "target\\u005fname", StringComparison.Ordinal)}}]} }""");

        Assert.Equal("AT2026abc", Assert.Single(alert.Report!.Points).TargetName);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00x")]
    [InlineData("brightness\\ud800")]
    [InlineData("")]
    public void Keys_that_are_no_text_are_passed_over(string key)
    {
        var alert = Decode($$"""
            {"{{key}}": 1, "title": "t", "submitter": "s", "data": {"{{key}}": 1, "targets": [{"{{key}}": 1, "name": "A"}],
             "extra_data": {"{{key}}": 1, "tom_orleans": {"{{key}}": 1} }, "photometry": [{{Row((key, "1"))}}]} }
            """);

        Assert.Null(alert.Fault);
        Assert.Single(alert.Report!.Points);
        Assert.Single(alert.Report.Targets);
    }

    [Theory]
    [InlineData("\"T\\u0000\\u010c\"", "T\uFFFD\u010C")]
    [InlineData("\" T \"", "T")]
    [InlineData("\"\\ud800\"", null)]
    [InlineData("NaN", null)]
    [InlineData("12.5", null)]
    [InlineData("\"\"", null)]
    public void A_title_is_made_fit_to_be_stored(string title, string? expected)
    {
        var alert = Decode($$"""{"title": {{title}}, "submitter": "s", "data": {"photometry": [{{GoodRow}}]} }""");

        Assert.Null(alert.Fault);
        Assert.Equal(expected, alert.Report!.Title);
        Assert.Single(alert.Report.Points);
    }

    [Fact]
    public void The_submission_key_is_read_from_the_extra_data()
    {
        var key = Guid.NewGuid();

        Assert.Equal(key, DecodeData($$"""{"extra_data": {"a": [1], "tom_orleans": {"rows": ["x"], "submission": "{{key}}"}, "b": 2}, "photometry": []}""").Report!.SubmissionKey);
        Assert.Equal(key, DecodeData($$"""{"extra_data": {"tom_orleans": {"submission": "{{Guid.NewGuid()}}"}, "tom_orleans": {"submission": "{{key}}"} } }""").Report!.SubmissionKey);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("""{"tom_orleans": null}""")]
    [InlineData("""{"tom_orleans": {"submission": null}}""")]
    [InlineData("""{"tom_orleans": {"submission": 5}}""")]
    [InlineData("""{"tom_orleans": {"submission": "0123"}}""")]
    [InlineData("""{"tom_orleans": {"submission": "00112233-4455-6677-8899-aabbccddeeff "}}""")]
    [InlineData("""{"submission": "00112233-4455-6677-8899-aabbccddeeff"}""")]
    public void Anything_else_is_no_submission_key(string extraData)
    {
        var alert = DecodeData($$"""{"extra_data": {{extraData}}}""");

        Assert.Null(alert.Fault);
        Assert.Null(alert.Report!.SubmissionKey);
    }

    [Fact]
    public void Targets_are_reported_with_coordinates_and_aliases()
    {
        var report = DecodeData("""
            {"targets": [{"name": " AT2026abc ", "ra": 33.2, "dec": -42.2, "aliases": ["ZTF26abc", null, 5, " ", "G\u00e4ia26x"], "epoch": "2000.0"},
                         {"name": "B", "ra": "10:20:30", "dec": "+20:30:00"}, {"name": "C", "ra": "150.5", "dec": "20d30m"}]}
            """).Report!;

        Assert.Empty(report.Faults);
        Assert.Equal(("AT2026abc", 33.2, -42.2), Place(report.Targets[0]));
        Assert.Equal(["ZTF26abc", "G\u00E4ia26x"], report.Targets[0].Aliases);
        Assert.Equal(("B", 155.125, 20.5), Place(report.Targets[1]));
        Assert.Equal(("C", 150.5, 20.5), Place(report.Targets[2]));
        Assert.Empty(report.Targets[1].Aliases);

        static (string, double?, double?) Place(ReportedTarget target) => (target.Name, target.RightAscensionDegrees, target.DeclinationDegrees);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("NaN")]
    [InlineData("\"NaN\"")]
    [InlineData("1e999")]
    [InlineData("\"\"")]
    [InlineData("[1]")]
    [InlineData("\"about 5\"")]
    [InlineData("500")]
    [InlineData("-500")]
    public void A_coordinate_that_cannot_be_read_is_unknown_and_no_fault(string value)
    {
        var report = DecodeData($$"""{"targets": [{"name": "A", "ra": {{value}}, "dec": {{value}}, "aliases": {{value}}}]}""").Report!;

        Assert.Empty(report.Faults);
        Assert.Null(report.Targets[0].RightAscensionDegrees);
        Assert.Null(report.Targets[0].DeclinationDegrees);
    }

    [Theory]
    [InlineData("{}", "data.targets[0].name: is missing")]
    [InlineData("""{"name": null}""", "data.targets[0].name: is missing")]
    [InlineData("""{"name": " "}""", "data.targets[0].name: is empty")]
    [InlineData("""{"name": "(-)"}""", "data.targets[0].name: '(-)' is no name of a target")]
    [InlineData("""{"name": 5}""", "data.targets[0].name: a number is not a text: '5'")]
    [InlineData("\"AT2026abc\"", "data.targets[0]: is a text, not an object")]
    public void A_target_without_a_name_is_a_fault(string target, string fault)
    {
        var report = DecodeData($$"""{"targets": [{{target}}, {"name": "B"}], "photometry": [{{GoodRow}}]}""").Report!;

        Assert.Equal(fault, Assert.Single(report.Faults).ToString());
        Assert.Equal("B", Assert.Single(report.Targets).Name);
        Assert.Single(report.Points);
    }
}
