using TomOrleans.Grains.Targets;
using TomOrleans.Targets;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class HermesPhotometryRowTests
{
    [Fact]
    public void A_row_becomes_a_point()
    {
        var (name, point) = Assert.Single(DecodeRows(Row(("exposure_time", "300"), ("limiting_brightness", "21.5"), ("limiting_brightness_error", "0.1"))).Points);

        Assert.Equal("AT2026abc", name);
        Assert.Equal(new PhotometryPoint
        {
            Time = new(1_782_875_045_000_000),
            Bandpass = "g",
            Telescope = "1m0a",
            Instrument = "fa16",
            Brightness = 18.5,
            BrightnessError = 0.02,
            BrightnessUnit = BrightnessUnit.AbMagnitude,
            LimitingBrightness = 21.5,
            LimitingBrightnessError = 0.1,
            LimitingBrightnessUnit = BrightnessUnit.AbMagnitude,
            ExposureSeconds = 300,
            Origin = "hermes-cred",
            Provenance = point.Provenance,
        }, point);
        Assert.False(point.IsLimit);
    }

    [Fact]
    public void A_limit_alone_is_a_limit()
    {
        var point = Read(("brightness", null), ("brightness_error", null), ("limiting_brightness", "20.2"), ("limiting_brightness_unit", "\"Vega mag\""));

        Assert.True(point.IsLimit);
        Assert.Equal(20.2, point.LimitingBrightness);
        Assert.Equal(BrightnessUnit.VegaMagnitude, point.LimitingBrightnessUnit);
        Assert.Equal(default, point.BrightnessUnit);
    }

    [Theory]
    [InlineData("18.5", 18.5)]
    [InlineData("\"18.5\"", 18.5)]
    [InlineData("\" 18.5 \"", 18.5)]
    [InlineData("\"1\\u0038.5\"", 18.5)]
    [InlineData("1.85e1", 18.5)]
    [InlineData("-1.46", -1.46)]
    [InlineData("0", 0.0)]
    [InlineData("\"0\"", 0.0)]
    [InlineData("-0.0", 0.0)]
    [InlineData("-35", -35.0)]
    [InlineData("60", 60.0)]
    public void Numbers_may_be_text_and_zero_is_a_value(string json, double expected)
    {
        var brightness = Read(("brightness", json)).Brightness!.Value;

        Assert.Equal(expected, brightness);
        Assert.False(double.IsNegative(brightness) && brightness == 0);
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("\" \"", null)]
    public void An_error_of_zero_is_taken_and_a_blank_one_is_not_stated(string json, double? expected) => Assert.Equal(expected, Read(("brightness_error", json)).BrightnessError);

    [Theory]
    [InlineData("\"AB mag\"", BrightnessUnit.AbMagnitude)]
    [InlineData("\"Vega mag\"", BrightnessUnit.VegaMagnitude)]
    [InlineData("\"mJy\"", BrightnessUnit.Millijansky)]
    [InlineData("\"erg / s / cm\u00B2 / \u212B\"", BrightnessUnit.FluxPerAngstrom)]
    [InlineData("\"erg / s / cm\\u00b2 / \\u212b\"", BrightnessUnit.FluxPerAngstrom)]
    [InlineData("\"erg / s / cm\u00B2 / \u00C5\"", BrightnessUnit.FluxPerAngstrom)]
    [InlineData("\"erg / s / cm\u00B2 / A\u030A\"", BrightnessUnit.FluxPerAngstrom)]
    [InlineData("\"nJy\"", BrightnessUnit.Nanojansky)]
    [InlineData("\"uJy\"", BrightnessUnit.Microjansky)]
    [InlineData("\"\u00B5Jy\"", BrightnessUnit.Microjansky)]
    [InlineData("\"\u03BCJy\"", BrightnessUnit.Microjansky)]
    [InlineData("\"Jy\"", BrightnessUnit.Jansky)]
    [InlineData("\" mJy \"", BrightnessUnit.Millijansky)]
    [InlineData("null", BrightnessUnit.AbMagnitude)]
    [InlineData(null, BrightnessUnit.AbMagnitude)]
    public void Units_are_read_and_ab_magnitude_is_the_default(string? json, BrightnessUnit unit)
    {
        Assert.Equal(unit, Read(("brightness_unit", json)).BrightnessUnit);
        Assert.Equal(unit, Read(("brightness_unit", null), ("unit", json)).BrightnessUnit);
        Assert.Equal(unit, Read(("limiting_brightness", "20"), ("limiting_brightness_unit", json)).LimitingBrightnessUnit);
    }

    [Fact]
    public void The_units_of_brightness_and_limit_are_apart()
    {
        var both = Read(("brightness_unit", "\"mJy\""), ("limiting_brightness", "20"), ("limiting_brightness_unit", "\"AB mag\""));
        Assert.Equal((BrightnessUnit.Millijansky, BrightnessUnit.AbMagnitude), (both.BrightnessUnit, both.LimitingBrightnessUnit));

        var rowWide = Read(("brightness_unit", null), ("unit", "\"uJy\""), ("limiting_brightness", "20"));
        Assert.Equal((BrightnessUnit.Microjansky, BrightnessUnit.Microjansky), (rowWide.BrightnessUnit, rowWide.LimitingBrightnessUnit));
    }

    [Fact]
    public void The_unit_of_an_absent_limit_does_not_matter() => Assert.Equal(default, Read(("limiting_brightness_unit", "\"furlong\"")).LimitingBrightnessUnit);

    [Theory]
    [InlineData("filter")]
    [InlineData("band")]
    public void Other_names_of_the_bandpass_are_read(string key)
    {
        Assert.Equal("r", Read(("bandpass", null), (key, "\" r \"")).Bandpass);
        Assert.Equal("r", Read(("bandpass", "null"), (key, "\"r\"")).Bandpass);
        Assert.Equal("g", Read((key, "\"r\"")).Bandpass);
    }

    [Fact]
    public void One_of_telescope_and_instrument_is_enough()
    {
        Assert.Null(Read(("telescope", null)).Telescope);
        Assert.Null(Read(("instrument", "\"\"")).Instrument);
        Assert.Equal("5", Read(("telescope", "5")).Telescope);
    }

    [Theory]
    [InlineData("\"2026-07-01T05:04:05+02:00\"", TimeForm.Iso)]
    [InlineData("\"2026-07-01T03:04:05\\u005a\"", TimeForm.Iso)]
    [InlineData("61222.12783564815", TimeForm.ModifiedJulianDate)]
    [InlineData("\"2461222.627835648148\"", TimeForm.JulianDate)]
    public void Times_come_as_text_or_number(string json, TimeForm form)
    {
        var time = Read(("date_obs", json)).Time;

        Assert.Equal("2026-07-01T03:04:05Z", CanonicalTime.Format((time.UtcMicroseconds + 500) / 1000 * 1000));
        Assert.Equal(form, time.Form);
    }

    [Theory]
    [InlineData("target_name", null, "is missing")]
    [InlineData("target_name", "null", "is missing")]
    [InlineData("target_name", "\"\"", "is empty")]
    [InlineData("target_name", "5", "a number is not a text: '5'")]
    [InlineData("target_name", "true", "true is not a text")]
    [InlineData("target_name", "[\"x\"]", "a list is not a text")]
    [InlineData("target_name", "NaN", "NaN is not a finite number")]
    [InlineData("target_name", "\"[-]\"", "'[-]' is no name of a target")]
    [InlineData("target_name", "\"a\\u0000b\"", "'a\\u0000b' has control characters")]
    [InlineData("target_name", "\"\\udc00\"", "has half of a surrogate pair")]
    [InlineData("date_obs", null, "is missing")]
    [InlineData("date_obs", "null", "is missing")]
    [InlineData("date_obs", "\"\"", "is empty")]
    [InlineData("date_obs", "true", "true is not a time")]
    [InlineData("date_obs", "{}", "an object is not a time")]
    [InlineData("date_obs", "NaN", "NaN is not a finite number")]
    [InlineData("date_obs", "\"01/07/2026\"", "'01/07/2026' cannot be read for certain: it could be day/month or month/day")]
    [InlineData("date_obs", "2026", "'2026' cannot be read for certain: it could be a year or a modified Julian date")]
    [InlineData("date_obs", "1782875045", "'1782875045' is no date: seconds or milliseconds since 1970 are not taken")]
    [InlineData("telescope", "true", "true is not a text")]
    [InlineData("instrument", "{\"a\": 1}", "an object is not a text")]
    [InlineData("bandpass", null, "is missing")]
    [InlineData("bandpass", "\" \"", "is empty")]
    [InlineData("bandpass", "[]", "a list is not a text")]
    [InlineData("brightness", null, "neither brightness nor limiting_brightness is given")]
    [InlineData("brightness", "null", "neither brightness nor limiting_brightness is given")]
    [InlineData("brightness", "true", "true is not a number")]
    [InlineData("brightness", "false", "false is not a number")]
    [InlineData("brightness", "[18.5]", "a list is not a number")]
    [InlineData("brightness", "Infinity", "Infinity is not a finite number")]
    [InlineData("brightness", "-Infinity", "-Infinity is not a finite number")]
    [InlineData("brightness", "NaN", "NaN is not a finite number")]
    [InlineData("brightness", "\"NaN\"", "'NaN' is not a finite number")]
    [InlineData("brightness", "1e999", "'1e999' is not a finite number")]
    [InlineData("brightness", "\"18,5\"", "'18,5' is not a number")]
    [InlineData("brightness", "\"1_8\"", "'1_8' is not a number")]
    [InlineData("brightness", "\"about 18\"", "'about 18' is not a number")]
    [InlineData("brightness", "\"0x12\"", "'0x12' is not a number")]
    [InlineData("brightness", "99.99", "'99.99' is no magnitude (-35 to 60)")]
    [InlineData("brightness", "-999", "'-999' is no magnitude (-35 to 60)")]
    [InlineData("brightness_error", "-0.1", "'-0.1' is negative")]
    [InlineData("brightness_error", "\"n/a\"", "'n/a' is not a number")]
    [InlineData("brightness_error", "NaN", "NaN is not a finite number")]
    [InlineData("brightness_unit", "\"ab mag\"", "'ab mag' is not a unit of brightness that is known here")]
    [InlineData("brightness_unit", "\"erg / s / cm2 / A\"", "'erg / s / cm2 / A' is not a unit of brightness that is known here")]
    [InlineData("brightness_unit", "5", "a number is not a unit")]
    [InlineData("limiting_brightness", "NaN", "NaN is not a finite number")]
    [InlineData("limiting_brightness", "61", "'61' is no magnitude (-35 to 60)")]
    [InlineData("limiting_brightness_error", "-1", "'-1' is negative")]
    [InlineData("exposure_time", "-5", "'-5' is negative")]
    [InlineData("exposure_time", "NaN", "NaN is not a finite number")]
    public void What_cannot_be_read_for_certain_is_a_fault_of_its_row(string field, string? json, string reason)
    {
        var report = DecodeRows(GoodRow, Row((field, json)), GoodRow);

        var fault = Assert.Single(report.Faults);
        Assert.Equal(($"data.photometry[1].{field}", reason), (fault.Path, fault.Reason));
        Assert.Equal(2, report.Points.Length);
    }

    [Fact]
    public void A_limit_whose_unit_nobody_can_say_is_a_fault()
    {
        var fault = Fault(("brightness_unit", "\"mJy\""), ("limiting_brightness", "0.02"));

        Assert.Equal("data.photometry[0].limiting_brightness_unit: is missing, and brightness_unit is not AB mag", fault);
    }

    [Fact]
    public void A_row_without_telescope_and_instrument_is_a_fault() =>
        Assert.Equal("data.photometry[0].telescope: neither telescope nor instrument is given", Fault(("telescope", null), ("instrument", "\"\"")));

    [Fact]
    public void A_flux_has_no_range_but_must_be_finite()
    {
        Assert.Equal(-1230, Read(("brightness", "-1230"), ("brightness_unit", "\"nJy\"")).Brightness);
        Assert.Equal("data.photometry[0].brightness: '-1e400' is not a finite number", Fault(("brightness", "-1e400"), ("brightness_unit", "\"nJy\"")));
    }

    [Fact]
    public void A_text_too_long_to_be_kept_is_a_fault()
    {
        Assert.Equal(400, Read(("bandpass", $"\"{new string('x', 400)}\"")).Bandpass.Length);
        Assert.EndsWith("is longer than 400 characters", Fault(("bandpass", $"\"{new string('x', 401)}\"")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_fault_of_a_row_is_given() =>
        Assert.StartsWith("data.photometry[0].date_obs", Fault(("date_obs", "\"\""), ("brightness", "true")), StringComparison.Ordinal);

    private static PhotometryPoint Read(params (string Field, string? Json)[] changes)
    {
        var report = DecodeRows(Row(changes));
        Assert.Empty(report.Faults);
        return Assert.Single(report.Points).Point;
    }

    private static string Fault(params (string Field, string? Json)[] changes)
    {
        var report = DecodeRows(Row(changes));
        Assert.Empty(report.Points);
        return Assert.Single(report.Faults).ToString();
    }
}
