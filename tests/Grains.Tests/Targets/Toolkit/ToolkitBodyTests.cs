using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Toolkit;

public sealed class ToolkitBodyTests
{
    private const long Now = 1_782_000_000_000_000;

    [Fact]
    public void A_shared_target_is_read_without_the_ids_of_its_sender()
    {
        var faults = new ToolkitFaults();
        var draft = ToolkitTargetBody.ReadNew(
            Json("""
                {"id": 3, "name": "AT 2026abc", "type": "SIDEREAL", "created": "2026-01-01T00:00:00Z", "ra": "12.5", "dec": -3.25, "epoch": 2000, "pm_ra": null, "distance": "",
                 "aliases": [{"id": 9, "name": "ZTF26abc"}], "targetextra_set": [{"id": 4, "key": "host", "value": "NGC 1"}], "groups": [],
                 "target_lists": [{"name": "Imported From Elsewhere"}]}
                """),
            faults)!;

        Assert.False(faults.Any, faults.ToString());
        Assert.Equal(("AT 2026abc", 12.5, -3.25), (draft.Name, draft.RightAscensionDegrees, draft.DeclinationDegrees));
        Assert.Equal(new Astrometry { Epoch = 2000 }, draft.Astrometry);
        Assert.Equal(["ZTF26abc"], draft.Aliases);
        Assert.Equal([new TargetExtra("host", "NGC 1")], draft.Extras);
        Assert.Equal(["Imported From Elsewhere"], draft.Lists);
    }

    [Fact]
    public void Zero_coordinates_are_coordinates()
    {
        var faults = new ToolkitFaults();
        Assert.NotNull(ToolkitTargetBody.ReadNew(Json("""{"name": "Origin", "type": "SIDEREAL", "ra": 0, "dec": 0.0}"""), faults));
        Assert.False(faults.Any, faults.ToString());
    }

    [Theory]
    [InlineData("""{"type": "SIDEREAL", "ra": 1, "dec": 1}""", """{"name":["This field is required."]}""")]
    [InlineData("""{"name": "A", "ra": 1, "dec": 1}""", """{"type":["This field is required."]}""")]
    [InlineData("""{"name": "A", "type": "STAR", "ra": 1, "dec": 1}""", """{"type":["\u0022STAR\u0022 is not a valid choice."]}""")]
    [InlineData("""{"name": "A", "type": "SIDEREAL", "dec": 1}""", """{"non_field_errors":["The following fields are required for SIDEREAL targets: [\u0027ra\u0027]"]}""")]
    [InlineData("""{"name": "A", "type": "SIDEREAL", "ra": "12:30:00", "dec": 1}""", """{"ra":["A valid number is required."],"non_field_errors":["The following fields are required for SIDEREAL targets: [\u0027ra\u0027]"]}""")]
    [InlineData("""{"name": "T6", "type": "SIDEREAL", "ra": 1, "dec": 1, "aliases": [{"name": "t-6"}]}""", """{"non_field_errors":["Alias \u0027t-6\u0027 conflicts with Target name \u0027T6\u0027."]}""")]
    public void A_target_that_is_none_is_refused_in_the_toolkits_words(string body, string faultsJson)
    {
        var faults = new ToolkitFaults();
        Assert.Null(ToolkitTargetBody.ReadNew(Json(body), faults));
        Assert.Equal(faultsJson, faults.ToJson().ToJsonString());
    }

    [Fact]
    public void A_comet_needs_what_its_scheme_needs()
    {
        var faults = new ToolkitFaults();
        Assert.Null(ToolkitTargetBody.ReadNew(
            Json("""{"name": "C", "type": "NON_SIDEREAL", "scheme": "MPC_COMET", "epoch_of_elements": 61000, "inclination": 0, "lng_asc_node": 0, "arg_of_perihelion": 0, "eccentricity": 0}"""), faults));
        Assert.Contains("perihdist", faults.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("inclination", faults.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"magnitude": 18.5, "error": 0.02, "filter": "g", "unit": "AB mag", "telescope": "1m0a"}""")]
    [InlineData("""{"brightness": "18.5", "brightness_error": "0.02", "bandpass": "g", "unit": "AB", "telescope": "1m0a"}""")]
    [InlineData("""{"mag": 18.5, "mag_err": 0.02, "band": "g", "unit": "abmag", "telescope": "1m0a", "instrument": ""}""")]
    [InlineData("""{"mag": 18.5, "magnitude_error": 0.02, "f": "g", "unit": "AB mag", "telescope": "1m0a"}""")]
    public void Keys_of_both_versions_of_the_toolkit_are_read(string value)
    {
        var point = Point(value)!;
        Assert.Equal((18.5, 0.02, BrightnessUnit.AbMagnitude, "g", "1m0a", null), (point.Brightness, point.BrightnessError, point.BrightnessUnit, point.Bandpass, point.Telescope, point.Instrument));
        Assert.Equal("LCO", point.Origin);
    }

    [Fact]
    public void Short_name_of_the_bandpass_is_no_brightness_beside_a_limit()
    {
        var point = Point("""{"limit": 20, "f": "g"}""")!;
        Assert.Equal((null, 20.0, "g", null), (point.Brightness, point.LimitingBrightness, point.Bandpass, point.Comments));
    }

    [Theory]
    [InlineData("ReducedDatum shared from https://tom.example/api/reduceddatums/1042/")]
    [InlineData("ReducedDatum shared from https://tom.example/api/reduceddatums/1042")]
    [InlineData("hermes.test/0/42")]
    [InlineData("night 007")]
    [InlineData("x/00000000000000000000000000123456789012345678901234567890/")]
    [InlineData("42")]
    [InlineData("/")]
    [InlineData("Hermes via HOP")]
    [InlineData("")]
    public void Place_that_a_sender_states_is_told_as_it_was_stated(string stated)
    {
        var faults = new ToolkitFaults();
        var body = Json($$$"""{"source_location": "{{{stated}}}", "value": {"magnitude": 18, "filter": "g"}}""");
        var point = ToolkitDatumBody.ReadPoint(body, "somebody", Now, faults)!;

        Assert.False(faults.Any, faults.ToString());
        var row = PhotometryRows.ToRow(point);
        Assert.Equal(stated, (string?)ToolkitDatum.ToJson(7, PhotometryRows.ToPoint(row))["source_location"]);
    }

    [Fact]
    public void Places_that_one_sender_states_share_their_text()
    {
        var one = ToolkitDatumBody.ReadPoint(Json("""{"source_location": "from x/7/", "value": {"magnitude": 18, "filter": "g"}}"""), "somebody", Now, new())!.Provenance!.Location;
        var other = ToolkitDatumBody.ReadPoint(Json("""{"source_location": "from x/800/", "value": {"magnitude": 18, "filter": "g"}}"""), "somebody", Now, new())!.Provenance!.Location;
        Assert.Equal(one with { Offset = 800 }, other);
    }

    [Fact]
    public void Place_that_is_too_long_is_refused()
    {
        var faults = new ToolkitFaults();
        Assert.Null(ToolkitDatumBody.ReadPoint(new() { ["source_location"] = new string('x', 201), ["value"] = Json("""{"magnitude": 18, "filter": "g"}""") }, "somebody", Now, faults));
        Assert.Contains("source_location", faults.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_as_the_same_measurement()
    {
        var point = Point("""{"magnitude": 0, "error": 0.02, "limit": 3.5, "limit_unit": "mJy", "filter": "g", "unit": "Vega mag", "exposure_time": 30, "measurement_id": "x-1"}""")!;
        var again = Read(ToolkitDatum.ToJson(7, point))!;
        Assert.Equal(PhotometryIdentity.Identity(point), PhotometryIdentity.Identity(again));
        Assert.Equal(PhotometryIdentity.Content(point), PhotometryIdentity.Content(again));
        Assert.Equal(0, again.Brightness);
        Assert.Equal(BrightnessUnit.Millijansky, again.LimitingBrightnessUnit);
    }

    [Fact]
    public void What_has_no_field_is_kept_as_a_comment() =>
        Assert.Equal("seen twice; airmass=1.2; time=61222.1", Point("""{"magnitude": 18, "filter": "r", "airmass": 1.2, "time": "61222.1", "comments": "seen twice", "empty": ""}""")!.Comments);

    [Theory]
    [InlineData("""{"filter": "g"}""", "neither magnitude nor limit")]
    [InlineData("""{"magnitude": 18}""", "no filter")]
    [InlineData("""{"magnitude": "bright", "filter": "g"}""", "magnitude is not a finite number")]
    [InlineData("""{"magnitude": 18, "error": -1, "filter": "g"}""", "negative")]
    [InlineData("""{"magnitude": 99.9, "filter": "g"}""", "is no magnitude")]
    [InlineData("""{"magnitude": 18, "filter": "g", "unit": "counts"}""", "not a unit of brightness")]
    public void A_value_that_cannot_be_read_for_certain_is_refused_with_the_reason(string value, string reason)
    {
        var faults = new ToolkitFaults();
        Assert.Null(ToolkitDatumBody.ReadPoint(new() { ["data_type"] = "photometry", ["value"] = JsonNode.Parse(value) }, "somebody", Now, faults));
        Assert.Contains(reason, faults.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"wavelength": [4000, 4001.5], "flux": [1e-15, "2e-15"], "flux_error": [], "flux_units": "erg/s/cm2/A", "wavelength_units": "angstrom"}""")]
    [InlineData("""{"0": {"wavelength": 4000, "flux": 1e-15}, "1": {"wavelength": 4001.5, "flux": 2e-15}}""")]
    public void Spectra_come_as_lists_or_as_points(string value)
    {
        var faults = new ToolkitFaults();
        var spectrum = ToolkitDatumBody.ReadSpectrum(new() { ["timestamp"] = "2026-07-01T00:00:00Z", ["value"] = JsonNode.Parse(value) }, "somebody", Now, faults);
        Assert.False(faults.Any, faults.ToString());
        Assert.Equal([4000, 4001.5], spectrum!.Wavelength);
        Assert.Equal([1e-15, 2e-15], spectrum.Flux);
    }

    [Fact]
    public void Lists_of_unequal_length_are_no_spectrum()
    {
        var faults = new ToolkitFaults();
        Assert.Null(ToolkitDatumBody.ReadSpectrum(new() { ["value"] = Json("""{"wavelength": [1, 2], "flux": [1]}""") }, "somebody", Now, faults));
        Assert.Contains("not equally long", faults.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 96.337, -60.189)]
    [InlineData(192.85948, 27.12825, 122.93192, 90)]
    [InlineData(266.405, -28.936, 0, 0)]
    public void Galactic_coordinates_of_known_places(double ra, double dec, double longitude, double latitude)
    {
        var (l, b) = GalacticCoordinates.Of(ra, dec);
        Assert.Equal(latitude, b, 0.01);
        if (latitude < 89)
        {
            Assert.Equal(0, Math.Sin(double.DegreesToRadians(l - longitude)), 0.001);
        }
    }

    private static PhotometryPoint? Point(string value) => Read(new()
    {
        ["data_type"] = "photometry",
        ["source_name"] = "LCO",
        ["timestamp"] = "2026-07-01T03:04:05.5Z",
        ["value"] = JsonNode.Parse(value),
    });

    private static PhotometryPoint? Read(JsonObject body)
    {
        var faults = new ToolkitFaults();
        var point = ToolkitDatumBody.ReadPoint(body, "somebody", Now, faults);
        Assert.False(faults.Any, faults.ToString());
        return point;
    }

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
