using System.Globalization;
using System.Text.Json;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Grains.Tests.Alerts;
using TomOrleans.HermesRules;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

/// <summary>What each reader of Hermes can read of what we send, by the rules of its own code, and what we read of what each of them sends.</summary>
public sealed class HermesDialectTests
{
    private static readonly PhotometryPoint Both = A.Point with { LimitingBrightness = 20.5, LimitingBrightnessUnit = BrightnessUnit.AbMagnitude };

    [Theory]
    [InlineData(HermesDialect.Toolkit)]
    [InlineData(HermesDialect.Toolkit2)]
    [InlineData(HermesDialect.SkyPortal)]
    public void Every_dialect_is_valid_at_Hermes(HermesDialect dialect)
    {
        var part = Assert.Single(Build(dialect, A.Point, Both, A.Point with { Bandpass = "r" }).Parts);

        Assert.Empty(HermesCautions.Of(Assert.IsType<HermesVerdict.Valid>(new HermesCheck().Check(part.Body))));
    }

    [Fact]
    public void Toolkit_2_finds_the_limit_of_a_detection_in_a_row_of_its_own()
    {
        var rows = Rows(Build(HermesDialect.Toolkit2, Both));

        Assert.Equal([(18.5, null), (null, 20.5)], rows.Select(AsToolkit2Reads));
        Assert.Equal(1, Build(HermesDialect.Toolkit2, Both).PointCount);
    }

    [Fact]
    public void Toolkit_reads_limits_by_the_unit_of_the_brightness()
    {
        var limit = A.Limit with { LimitingBrightness = 0.02, LimitingBrightnessUnit = BrightnessUnit.Millijansky };

        var row = Assert.Single(Rows(Build(HermesDialect.Toolkit, limit)));

        Assert.Equal("mJy", row.GetProperty("brightness_unit").GetString());
        Assert.Equal((null, 0.02), AsToolkit2Reads(row));
    }

    [Theory]
    [InlineData(1_782_875_045_678_901)]
    [InlineData(0)]
    [InlineData(-1)]
    public void SkyPortal_gets_a_Julian_date_that_is_exact_to_the_microsecond(long microseconds)
    {
        var row = Assert.Single(Rows(Build(HermesDialect.SkyPortal, A.Point with { Time = new(microseconds) })));
        var text = row.GetProperty("date_obs").GetString()!;

        // As SkyPortal: float(date_obs).
        Assert.Equal(2_440_587.5 + (microseconds / 86_400e6), double.Parse(text, CultureInfo.InvariantCulture), 9);

        // As we: the text is read back to the very microsecond.
        Assert.Equal(microseconds, Assert.Single(MessageBuilder.DecodeRows(MessageBuilder.Row(("date_obs", $"\"{text}\""))).Points).Point.Time.UtcMicroseconds);
    }

    [Fact]
    public void SkyPortal_gets_nothing_that_it_would_take_for_something_else()
    {
        var plan = Build(
            HermesDialect.SkyPortal,
            A.Point,
            A.Limit,
            A.Point with { BrightnessUnit = BrightnessUnit.VegaMagnitude },
            A.Point with { BrightnessUnit = BrightnessUnit.Millijansky },
            A.Point with { Time = new(-62_135_596_800_000_000) });

        Assert.Single(Rows(plan));
        Assert.Equal(4, plan.LeftOut.Length);
        Assert.Contains(plan.LeftOut, left => left.Reason.Contains("limit without detection", StringComparison.Ordinal));
        Assert.Contains(plan.LeftOut, left => left.Reason.Contains("every brightness for one", StringComparison.Ordinal));
        Assert.Contains(plan.LeftOut, left => left.Reason.Contains("Julian", StringComparison.Ordinal));
    }

    [Fact]
    public void What_SkyPortal_sends_is_read()
    {
        // A number for the date, unit instead of brightness_unit; Hermes makes texts of numbers and adds its defaults.
        var report = MessageBuilder.DecodeRows(
            """{"target_name": "ZTF26abc", "date_obs": "2461222.627844663", "telescope": "P48", "instrument": "ZTF", "bandpass": "ztfg", "brightness": 18.5, "brightness_error": 0.02, "unit": "AB mag"}""",
            """{"target_name": "ZTF26abc", "date_obs": 2461222.5, "telescope": "P48", "bandpass": "ztfr", "brightness": 18.75, "brightness_error": 0.02, "brightness_unit": "AB mag", "limiting_brightness": 20.5, "limiting_brightness_unit": "AB mag"}""");

        Assert.Empty(report.Faults);
        Assert.Equal([18.5, 18.75], report.Points.Select(reported => reported.Point.Brightness!.Value));
        Assert.Equal(DateTimeOffset.Parse("2026-07-01T00:00:00Z", CultureInfo.InvariantCulture), report.Points[1].Point.Time.Utc);
        Assert.Equal(20.5, report.Points[1].Point.LimitingBrightness);
    }

    [Fact]
    public void What_the_Toolkit_sends_is_read()
    {
        var report = MessageBuilder.DecodeRows(
            """{"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05+00:00", "telescope": "1m0a", "instrument": "fa16", "bandpass": "g", "brightness": 18.5, "brightness_error": 0.02, "brightness_unit": "AB mag", "limiting_brightness_unit": "AB mag"}""",
            """{"target_name": "AT2026abc", "date_obs": "2026-07-01T05:04:05.678+02:00", "telescope": "1m0a", "bandpass": "r", "limiting_brightness": 20.5, "brightness_unit": "AB mag", "limiting_brightness_unit": "AB mag"}""",
            """{"target_name": "AT2026abc", "date_obs": "2026-07-01 03:04:05", "instrument": "fa16", "bandpass": "i", "brightness": "18.25", "brightness_unit": "mJy"}""");

        Assert.Empty(report.Faults);
        Assert.Equal([18.5, null, 18.25], report.Points.Select(reported => reported.Point.Brightness));
        Assert.Equal(1_782_875_045_678_000, report.Points[1].Point.Time.UtcMicroseconds);
        Assert.Equal(BrightnessUnit.Millijansky, report.Points[2].Point.BrightnessUnit);
    }

    [Fact]
    public void Limit_that_the_Toolkit_sent_in_another_unit_than_Hermes_says_is_not_guessed()
    {
        // The Toolkit states one unit, for the brightness; Hermes then adds AB mag for the limit: 0.02 mJy becomes 0.02 AB mag.
        var report = MessageBuilder.DecodeRows(
            """{"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "1m0a", "bandpass": "g", "limiting_brightness": 0.02, "brightness_unit": "mJy", "limiting_brightness_unit": "AB mag"}""");

        Assert.Empty(report.Points);
        Assert.Contains("limiting_brightness_unit", Assert.Single(report.Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Topic_can_have_a_dialect_of_its_own()
    {
        var options = new DestinationOptions { Name = "hermes", Dialect = HermesDialect.Toolkit, TopicDialects = new Dictionary<string, HermesDialect> { ["fritz"] = HermesDialect.SkyPortal } };

        Assert.Equal((HermesDialect.SkyPortal, HermesDialect.Toolkit), (options.DialectOf("fritz"), options.DialectOf("hermes.test")));
    }

    /// <summary>Magnitude if it is truthy, else the limit: the other one is lost.</summary>
    private static (double? Magnitude, double? Limit) AsToolkit2Reads(JsonElement row) =>
        row.TryGetProperty("brightness", out var brightness) && brightness.GetDouble() != 0 ? (brightness.GetDouble(), null)
        : row.TryGetProperty("limiting_brightness", out var limit) && limit.GetDouble() != 0 ? (null, limit.GetDouble())
        : (null, null);

    private static SubmissionPlan Build(HermesDialect dialect, params PhotometryPoint[] points) => HermesMessage.Build(A.Content(points), Guid.NewGuid, dialect);

    private static IReadOnlyList<JsonElement> Rows(SubmissionPlan plan) =>
        [.. plan.Parts.SelectMany(part => JsonDocument.Parse(part.Body).RootElement.GetProperty("data").GetProperty("photometry").EnumerateArray())];
}
