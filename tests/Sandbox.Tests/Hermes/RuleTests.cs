using System.Text;
using TomOrleans.HermesRules.Validation;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Tests.Hermes;

/// <summary>The rules of the tables, each by what it answers to a row that breaks it. T is a good target, P a good photometry row.</summary>
public sealed class RuleTests
{
    private const string T = """{"name": "A", "ra": 1, "dec": 2}""";
    private const string P = """{"target_name": "A", "date_obs": "2026-07-01", "instrument": "cam", "bandpass": "g", "brightness": 18}""";

    [Theory]
    [InlineData("""{"ra": 1, "dec": 2}""", """{"name":["This field is required."]}""")]
    [InlineData("""{"name": "A"}""", """{"ra":["ra/dec or orbital elements are required"],"dec":["ra/dec or orbital elements are required"],"orbital_elements":{"non_field_errors":["ra/dec or orbital elements are required"]}}""")]
    [InlineData("""{"name": "A", "ra": 1}""", """{"dec":["Must set dec if ra is set"]}""")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 91}""", """{"dec":["Must be in a format astropy understands"]}""")]
    [InlineData("""{"name": "A", "ra": "inf", "dec": 1}""", """{"ra":["Value must be finite"]}""")]
    [InlineData("""{"name": "A", "ra": true, "dec": 1}""", """{"ra":["Not a valid string."]}""")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 2, "epoch": "J2000"}""", """{"epoch":["J2000 does not parse with dateutil.parser.parse. Please specify the date in a standard format or as a JD."]}""")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 2, "new_discovery": "perhaps"}""", """{"new_discovery":["Must be a valid boolean."]}""")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 2, "aliases": ["x", ""]}""", """{"aliases":{"1":["This field may not be blank."]}}""")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 2, "distance_units": "AU"}""", "{\"distance_units\":[\"\\\"AU\\\" is not a valid choice.\"]}")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 2, "orbital_elements": null}""", """{"orbital_elements":["This field may not be null."]}""")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 2, "host_name": ""}""", """{"host_name":["This field may not be blank."]}""")]
    public void Target_that_breaks_a_rule_is_answered_with_it(string row, string error) => AssertRow("targets", row, error);

    [Theory]
    [InlineData("bandpass", "null", """{"bandpass":["This field may not be null."]}""")]
    [InlineData("brightness", "0", """{"brightness":["brightness or limiting_brightness are required"],"limiting_brightness":["brightness or limiting_brightness are required"]}""")]
    [InlineData("brightness", "\"faint\"", """{"brightness":["A valid number is required."]}""")]
    [InlineData("instrument", "\"  \"", """{"telescope":["Must have at least one of telescope or instrument set"],"instrument":["Must have at least one of telescope or instrument set"]}""")]
    [InlineData("target_name", "\"a\"", """{"target_name":["The target_name must reference a name in your target table"]}""")]
    [InlineData("brightness_unit", "\"erg / s / cm\u00B2 / \u00C5\"", "{\"brightness_unit\":[\"\\\"erg / s / cm\u00B2 / \u00C5\\\" is not a valid choice.\"]}")]
    [InlineData("date_obs", "20260701", """{"date_obs":["Date 20260701.0 in JD format must be within bounds of 2400000 to 2600000, and in MJD format within bounds of 15000 to 150000."]}""")]
    [InlineData("observer", "{}", """{"observer":["Not a valid string."]}""")]
    public void Photometry_that_breaks_a_rule_is_answered_with_it(string field, string value, string error)
    {
        var row = (WireObject)WireReader.Read(P)!;
        row[field] = WireReader.Read(value);
        AssertRow("photometry", Encoding.UTF8.GetString(WireWriter.ToAnswer(row)), error);
    }

    [Theory]
    [InlineData("""{"flux": [1, 2], "wavelength": [1]}""", """{"non_field_errors":["Must have same number of datapoints for flux and wavelength"]}""")]
    [InlineData("""{"flux": [1], "wavelength": [1], "flux_error": [1, 2]}""", """{"non_field_errors":["Must have same number of datapoints for flux and flux_error"]}""")]
    [InlineData("""{"flux": ["x"], "wavelength": [1]}""", """{"flux":{"0":["A valid number is required."]}}""")]
    [InlineData("""{"flux": 1}""", """{"flux":["Expected a list of items but got type \"int\"."]}""")]
    [InlineData("""{"file_info": [{"url": "x"}]}""", """{"file_info":[{"name":["This field is required."],"url":["Enter a valid URL."]}]}""")]
    [InlineData("""{"flux": [1], "wavelength": [1], "wavelength_units": "A"}""", "{\"wavelength_units\":[\"\\\"A\\\" is not a valid choice.\"]}")]
    public void Spectrum_that_breaks_a_rule_is_answered_with_it(string fields, string error) =>
        AssertRow("spectroscopy", """{"target_name": "A", "date_obs": "2026-07-01", "instrument": "spec", """ + fields[1..], error);

    [Theory]
    [InlineData("""{"dec": 2}""", """{"ra":["This field is required."]}""")]
    [InlineData("""{"ra": null, "dec": 2}""", """{"ra":["This field may not be null."]}""")]
    [InlineData("""{"ra": 1, "dec": 2, "dec_error_units": "rad"}""", "{\"dec_error_units\":[\"\\\"rad\\\" is not a valid choice.\"]}")]
    public void Astrometry_that_breaks_a_rule_is_answered_with_it(string fields, string error) =>
        AssertRow("astrometry", """{"target_name": "A", "date_obs": "2026-07-01", "instrument": "cam", """ + fields[1..], error);

    [Theory]
    [InlineData("""{}""", """{"source":["Must set source/citation or url"],"citation":["Must set source/citation or url"],"url":["Must set source/citation or url"]}""")]
    [InlineData("""{"source": "GCN", "url": "https://example.org/1"}""", """{"citation":["Must set citation with source"]}""")]
    [InlineData("""{"url": "ftp://nohost"}""", """{"url":["Enter a valid URL."]}""")]
    [InlineData("""{"source": "HOP_UUID", "citation": "abc"}""", "{\"non_field_errors\":[\"\u201Cabc\u201D is not a valid UUID.\"]}")]
    public void Reference_that_breaks_a_rule_is_answered_with_it(string row, string error) => AssertRow("references", row, error);

    [Theory]
    [InlineData("""{"perihelion_distance": 1, "epoch_of_perihelion": "57400"}""", null)]
    [InlineData("""{"semimajor_axis": 1, "mean_anomaly": 0}""", """{"mean_anomaly":["Must set mean_anomaly when semimajor_axis is set"]}""")]
    [InlineData("""{"mean_anomaly": 361}""", """{"mean_anomaly":["Ensure this value is less than or equal to 360.0."]}""")]
    public void Orbit_needs_one_complete_pair(string fields, string? error)
    {
        const string Elements = """
            {"epoch_of_elements": 57660, "orbital_inclination": 1, "longitude_of_the_ascending_node": 2, "argument_of_the_perihelion": 3, "eccentricity": 0,
            """;
        var message = """{"data": {"targets": [{"name": "A", "orbital_elements": """ + Elements + fields[1..] + "}]}}";
        var errors = Check(message);
        Assert.Equal(error is null ? null : $$$"""[{"orbital_elements":{{{error}}}}]""", Json(Data(errors)?.Get("targets")));
    }

    [Fact]
    public void Names_of_targets_are_unique_after_trimming_and_all_cross_table_errors_are_told_at_once()
    {
        var errors = Data(Check($$"""{"data": {"targets": [{{T}}, {"name": " A ", "ra": 3, "dec": 4}], "photometry": [{{P}}, {{P.Replace("\"A\"", "\"B\"", StringComparison.Ordinal)}}]} }"""));

        Assert.Equal(2, ((WireList)errors!["targets"]!).Count);
        Assert.Equal("""[{},{"target_name":["The target_name must reference a name in your target table"]}]""", Json(errors["photometry"]));
    }

    [Fact]
    public void Null_row_is_a_bare_list_among_the_errors()
    {
        Assert.Equal("""[{},["This field may not be null."]]""", Json(Data(Check($$"""{"data": {"targets": [{{T}}, null]} }"""))!["targets"]));
    }

    [Fact]
    public void Null_where_Hermes_crashes_crashes_here_too()
    {
        Assert.Throws<HermesCrashException>(() => Check("""{"data": {"targets": [{"name": "A", "ra": 1, "dec": 2, "discovery_info": {"date": null}}]}}"""));
    }

    [Fact]
    public void Development_deployment_takes_test_topics_only()
    {
        var table = new MessageTable(_ => false, testTopicsOnly: true);
        Assert.Equal("""{"topic":["Hermes Dev can only submit to a test topic."]}""",
            Json(table.Check(WireReader.Read("""{"title": "t", "topic": "hermes.photometry", "submitter": "s"}""")).Error));
    }

    private static void AssertRow(string table, string row, string error)
    {
        var targets = table == "targets" ? "" : $"\"targets\": [{T}], ";
        Assert.Equal($"[{error}]", Json(Data(Check($$"""{"data": { {{targets}}"{{table}}": [{{row}}]} }"""))?.Get(table)));
    }

    private static object? Check(string message)
    {
        var body = (WireObject)WireReader.Read(message)!;
        (body["title"], body["topic"], body["submitter"]) = ("t", "hermes.test", "s");
        return new MessageTable(_ => false, testTopicsOnly: false).Check(body).Error;
    }

    private static WireObject? Data(object? errors) => (WireObject?)((WireObject?)errors)?["data"];

    private static string? Json(object? value) => value is null ? null : Encoding.UTF8.GetString(WireWriter.ToAnswer(value));
}
