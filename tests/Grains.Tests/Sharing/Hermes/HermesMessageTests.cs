using System.Text;
using System.Text.Json;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Grains.Tests.Alerts;
using TomOrleans.HermesRules;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

public sealed class HermesMessageTests
{
    private static readonly Guid Key = Guid.Parse("0f0e0d0c-1111-4222-8333-444455556666");

    [Fact]
    public void Plain_point_gives_exactly_this_body()
    {
        var part = Assert.Single(HermesMessage.Build(A.Content(A.Point), () => Key).Parts);

        Assert.Equal(
            """
            {"title":"Updated data for AT2026abc from A TOM.","topic":"hermes.test","submitter":"A TOM","authors":"A. Body","message_text":"","data":{
            "targets":[{"name":"AT2026abc","ra":33.2,"dec":-42.25}],
            "photometry":[{"target_name":"AT2026abc","date_obs":"2026-07-01T03:04:05.678901Z","telescope":"1m0a","instrument":"fa16","bandpass":"g","brightness_unit":"AB mag",
            "brightness":18.5,"brightness_error":0.02}],
            "extra_data":{"tom_orleans":{"submission":"0f0e0d0c-1111-4222-8333-444455556666","points":["0000000000000001:ffffffffffffffff"],"origin":"peer"}}}}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(part.Body));
        Assert.Equal(Key, part.Key);
        Assert.Equal(A.Content(A.Point).Points[0].Key, Assert.Single(part.Points));
    }

    [Fact]
    public void Observer_and_comments_go_out_and_come_back()
    {
        var part = Assert.Single(HermesMessage.Build(A.Content(A.Point with { Observer = " O. Bserver ", Comments = "thin clouds" }), Guid.NewGuid).Parts);

        var point = Assert.Single(MessageBuilder.Decode(Encoding.UTF8.GetString(part.Body), MessageBuilder.HermesHeaders()).Report!.Points).Point;
        Assert.Equal(("O. Bserver", "thin clouds"), (point.Observer, point.Comments));
        Assert.IsType<HermesVerdict.Valid>(new HermesCheck().Check(part.Body));
    }

    [Fact]
    public void Remarks_that_Hermes_would_refuse_are_left_out()
    {
        var row = Row(A.Point with { Observer = "  ", Comments = "half a \ud83d" });

        Assert.False(row.TryGetProperty("observer", out _));
        Assert.False(row.TryGetProperty("comments", out _));
    }

    [Fact]
    public void Limit_goes_out_with_its_own_unit_and_says_it_twice_for_the_TOM_Toolkit()
    {
        var row = Row(A.Limit);

        Assert.False(row.TryGetProperty("brightness", out _));
        Assert.Equal(20.25, row.GetProperty("limiting_brightness").GetDouble());
        Assert.Equal("Vega mag", row.GetProperty("limiting_brightness_unit").GetString());
        Assert.Equal("Vega mag", row.GetProperty("brightness_unit").GetString());
    }

    [Fact]
    public void Detection_and_limit_keep_their_different_units()
    {
        var row = Row(A.Point with { LimitingBrightness = 3, LimitingBrightnessError = 0.5, LimitingBrightnessUnit = BrightnessUnit.Microjansky });

        Assert.Equal("AB mag", row.GetProperty("brightness_unit").GetString());
        Assert.Equal("mJy", row.GetProperty("limiting_brightness_unit").GetString());
        Assert.Equal(0.003, row.GetProperty("limiting_brightness").GetDouble());
        Assert.Equal(0.0005, row.GetProperty("limiting_brightness_error").GetDouble());
    }

    [Theory]
    [InlineData(BrightnessUnit.AbMagnitude, 18.5, "AB mag", 18.5)]
    [InlineData(BrightnessUnit.VegaMagnitude, -1.46, "Vega mag", -1.46)]
    [InlineData(BrightnessUnit.Nanojansky, 18500, "mJy", 0.0185)]
    [InlineData(BrightnessUnit.Microjansky, 3.3, "mJy", 0.0033)]
    [InlineData(BrightnessUnit.Millijansky, 0.02, "mJy", 0.02)]
    [InlineData(BrightnessUnit.Jansky, 0.0185, "mJy", 18.5)]
    [InlineData(BrightnessUnit.FluxPerAngstrom, 1.5e-17, "erg / s / cm\u00B2 / \u212B", 1.5e-17)]
    public void Each_unit_goes_out_in_one_that_Hermes_knows(BrightnessUnit unit, double stored, string name, double sent)
    {
        var row = Row(A.Point with { Brightness = stored, BrightnessError = null, BrightnessUnit = unit });

        Assert.Equal(name, row.GetProperty("brightness_unit").GetString());
        Assert.Equal(sent, row.GetProperty("brightness").GetDouble());
    }

    [Fact]
    public void Body_is_ASCII_so_that_normalisation_cannot_break_the_Angstrom_sign()
    {
        var body = HermesMessage.Build(A.Content(A.Point with { BrightnessUnit = BrightnessUnit.FluxPerAngstrom }), () => Key).Parts[0].Body;

        Assert.True(Ascii.IsValid(body));
        Assert.Contains("\\u212B", Encoding.ASCII.GetString(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BrightnessUnit.AbMagnitude)]
    [InlineData(BrightnessUnit.Nanojansky)]
    public void Brightness_of_exactly_zero_alone_is_left_out_with_the_reason(BrightnessUnit unit) =>
        Assert.Contains("exactly 0", LeftOut(A.Point with { Brightness = 0, BrightnessUnit = unit }), StringComparison.Ordinal);

    [Fact]
    public void Flux_that_becomes_zero_in_mJy_is_left_out() =>
        Assert.Contains("exactly 0", LeftOut(A.Point with { Brightness = double.Epsilon, BrightnessUnit = BrightnessUnit.Nanojansky }), StringComparison.Ordinal);

    [Fact]
    public void Brightness_of_exactly_zero_goes_out_beside_its_limit() =>
        Assert.Equal(0, Row(A.Point with { Brightness = 0, LimitingBrightness = 0.01, BrightnessUnit = BrightnessUnit.Millijansky, LimitingBrightnessUnit = BrightnessUnit.Millijansky })
            .GetProperty("brightness").GetDouble());

    [Fact]
    public void Magnitude_of_unknown_system_is_left_out_with_the_reason() =>
        Assert.Contains("system", LeftOut(A.Point with { BrightnessUnit = BrightnessUnit.Magnitude }), StringComparison.Ordinal);

    [Fact]
    public void Limit_of_unknown_system_is_left_out_even_beside_a_known_brightness() =>
        Assert.Contains("system", LeftOut(A.Point with { LimitingBrightness = 20, LimitingBrightnessUnit = BrightnessUnit.Magnitude }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "  ")]
    public void Point_without_telescope_and_instrument_is_left_out_with_the_reason(string? telescope, string? instrument) =>
        Assert.Contains("telescope", LeftOut(A.Point with { Telescope = telescope, Instrument = instrument }), StringComparison.Ordinal);

    [Fact]
    public void Blank_instrument_is_not_sent_beside_a_telescope() => Assert.False(Row(A.Point with { Instrument = " " }).TryGetProperty("instrument", out _));

    [Fact]
    public void Point_without_any_value_is_left_out() => Assert.Contains("neither", LeftOut(A.Point with { Brightness = null }), StringComparison.Ordinal);

    [Fact]
    public void Retracted_point_is_left_out() => Assert.Contains("retracted", LeftOut(A.Point with { IsRetracted = true }), StringComparison.Ordinal);

    [Fact]
    public void Blank_bandpass_is_left_out() => Assert.Contains("bandpass", LeftOut(A.Point with { Bandpass = " " }), StringComparison.Ordinal);

    [Fact]
    public void Characters_that_Hermes_refuses_leave_the_point_out() => Assert.All(
        ["g\0", "g\uD800", "\uDC00g", "\uD83Dg"],
        bandpass => Assert.Contains("characters", LeftOut(A.Point with { Bandpass = bandpass }), StringComparison.Ordinal));

    [Fact]
    public void Whole_surrogate_pair_is_fine() => Assert.Equal("\uD83D\uDD2D", Row(A.Point with { Telescope = "\uD83D\uDD2D" }).GetProperty("telescope").GetString());

    [Fact]
    public void Flux_beyond_all_numbers_in_mJy_is_left_out() =>
        Assert.Contains("finite", LeftOut(A.Point with { Brightness = 1e306, BrightnessUnit = BrightnessUnit.Jansky }), StringComparison.Ordinal);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Time_that_no_calendar_holds_is_left_out(long microseconds) =>
        Assert.Contains("years", LeftOut(A.Point with { Time = new(microseconds) }), StringComparison.Ordinal);

    [Theory]
    [InlineData(-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z")]
    [InlineData(253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999Z")]
    public void Time_is_written_to_the_microsecond_in_UTC(long microseconds, string text) =>
        Assert.Equal(text, Row(A.Point with { Time = new(microseconds, TimeForm.JulianDate, "2460123.5") }).GetProperty("date_obs").GetString());

    [Fact]
    public void Bad_point_does_not_hold_up_its_neighbours_and_identities_stay_in_row_order()
    {
        var content = A.Content(A.Point, A.Point with { IsRetracted = true }, A.Limit);

        var plan = HermesMessage.Build(content, () => Key);

        Assert.Equal([content.Points[0].Key, content.Points[2].Key], plan.Parts[0].Points);
        Assert.Equal(content.Points[1].Key, Assert.Single(plan.LeftOut).Key);
        Assert.Equal(2, plan.PointCount);
        var extra = Data(plan).GetProperty("extra_data").GetProperty("tom_orleans");
        Assert.Equal(["0000000000000001:ffffffffffffffff", "0000000000000003:fffffffffffffffd"], extra.GetProperty("points").EnumerateArray().Select(point => point.GetString()));
    }

    [Fact]
    public void Nothing_but_bad_points_gives_no_message() => Assert.Empty(HermesMessage.Build(A.Content(A.Point with { IsRetracted = true }), () => Key).Parts);

    [Fact]
    public void Blank_and_repeated_aliases_are_not_sent()
    {
        var content = A.Content(A.Point);

        var plan = HermesMessage.Build(content with { Targets = [content.Target with { Aliases = ["SN 2026x", " ", "SN 2026x ", "ZTF26a"] }] }, () => Key);

        Assert.Equal(["SN 2026x", "ZTF26a"], Data(plan).GetProperty("targets")[0].GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" hermes.test")]
    [InlineData("hermes/test")]
    [InlineData("hermes,test")]
    [InlineData("x?y=1.test")]
    [InlineData("hermes.test\n")]
    [InlineData("hermes.t\u00E9st")]
    [InlineData("..")]
    public void Topic_that_Kafka_would_not_take_is_refused(string? topic) => Assert.Contains("topic", Refusal(A.Content(A.Point) with { Topic = topic }), StringComparison.Ordinal);

    [Fact]
    public void Topic_may_have_249_characters_and_no_more()
    {
        Assert.Null(HermesMessage.Refuse(A.Content(A.Point) with { Topic = new string('t', 249) }));
        Assert.NotNull(HermesMessage.Refuse(A.Content(A.Point) with { Topic = new string('t', 250) }));
    }

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(1.0, null)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(1.0, 90.001)]
    [InlineData(1.0, double.NaN)]
    public void Target_without_true_coordinates_is_refused(double? ra, double? dec) =>
        Assert.Contains("coordinates", Refusal(With(A.Target with { RightAscensionDegrees = ra, DeclinationDegrees = dec })), StringComparison.Ordinal);

    [Fact]
    public void Proper_motion_goes_out_in_arcseconds_and_orbits_without_nulls()
    {
        var moving = A.Target with
        {
            Name = "2026 AB",
            Id = 8,
            RightAscensionDegrees = null,
            DeclinationDegrees = null,
            Type = TargetType.NonSidereal,
            Elements = new() { EpochOfElements = 61000, Inclination = 10, LongitudeOfAscendingNode = 20, ArgumentOfPerihelion = 30, Eccentricity = 0.1, SemimajorAxis = 2.5, MeanAnomaly = 0 },
        };
        var still = A.Target with { Astrometry = new() { ProperMotionRightAscension = 12.5, ProperMotionDeclination = -3, Epoch = 2016, Distance = 100, DistanceError = 5 } };
        var content = A.Content(A.Point) with { Targets = [still, moving] };
        content = content with { Points = content.Points.Add(new(new(8, 9, 9), A.Point)) };

        var plan = HermesMessage.Build(content, () => Key);

        var targets = Data(plan).GetProperty("targets");
        Assert.Equal((0.0125, -0.003, 2016.0), (targets[0].GetProperty("pm_ra").GetDouble(), targets[0].GetProperty("pm_dec").GetDouble(), targets[0].GetProperty("epoch").GetDouble()));
        Assert.Equal((100.0, 5.0, "pc"), (targets[0].GetProperty("distance").GetDouble(), targets[0].GetProperty("distance_error").GetDouble(), targets[0].GetProperty("distance_units").GetString()));
        Assert.Equal(360, targets[1].GetProperty("orbital_elements").GetProperty("mean_anomaly").GetDouble());
        Assert.False(targets[1].GetProperty("orbital_elements").TryGetProperty("epoch_of_perihelion", out _));
        Assert.False(targets[1].TryGetProperty("ra", out _));
        Assert.Empty(HermesCautions.Of(Assert.IsType<HermesVerdict.Valid>(new HermesCheck().Check(Assert.Single(plan.Parts).Body))));
    }

    [Fact]
    public void Target_that_Hermes_would_refuse_leaves_out_its_points_and_not_the_others()
    {
        var content = A.Content(A.Point) with { Targets = [A.Target, A.Target with { Id = 8, Name = "nowhere", RightAscensionDegrees = null }] };
        content = content with { Points = content.Points.Add(new(new(8, 9, 9), A.Point)) };

        var plan = HermesMessage.Build(content, () => Key);

        Assert.Equal("AT2026abc", Assert.Single(Data(plan).GetProperty("targets").EnumerateArray().ToArray()).GetProperty("name").GetString());
        Assert.Contains("no coordinates", Assert.Single(plan.LeftOut).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_title_is_refused() => Assert.Contains("title", Refusal(A.Content(A.Point) with { Title = "  " }), StringComparison.Ordinal);

    [Fact]
    public void Half_a_surrogate_pair_in_the_message_is_refused() => Assert.Contains("surrogate", Refusal(A.Content(A.Point) with { Message = "x\uD83D" }), StringComparison.Ordinal);

    [Fact]
    public void Novel_as_message_is_refused() => Assert.Contains("bytes", Refusal(A.Content(A.Point) with { Message = new string('\u00E9', 100_000) }), StringComparison.Ordinal);

    [Fact]
    public void Long_light_curve_is_split_and_every_point_goes_out_once_in_order()
    {
        var content = A.Content([.. Enumerable.Range(0, 9000).Select(i => A.Point with { Time = new(A.Time + i) })]);

        var plan = HermesMessage.Build(content, Guid.NewGuid);

        Assert.Equal(content.Points.Select(point => point.Key), plan.Parts.SelectMany(part => part.Points));
        Assert.InRange(plan.Parts.Length, 3, 5);
        Assert.Equal(plan.Parts.Length, plan.Parts.Select(part => part.Key).Distinct().Count());
        Assert.All(plan.Parts, part => Assert.Equal(part.Points.Length, Data(part).GetProperty("photometry").GetArrayLength()));
    }

    private static JsonElement Row(PhotometryPoint point)
    {
        var plan = HermesMessage.Build(A.Content(point), () => Key);
        Assert.Empty(plan.LeftOut);
        return Data(plan).GetProperty("photometry")[0];
    }

    private static string LeftOut(PhotometryPoint point)
    {
        var plan = HermesMessage.Build(A.Content(point), () => Key);
        Assert.Empty(plan.Parts);
        return Assert.Single(plan.LeftOut).Reason;
    }

    private static string Refusal(ShareContent content)
    {
        var plan = HermesMessage.Build(content, () => Key);
        Assert.Empty(plan.Parts);
        return Assert.IsType<string>(plan.Refusal);
    }

    private static ShareContent With(Target target) => A.Content(A.Point) with { Targets = [target] };

    private static JsonElement Data(SubmissionPlan plan) => Data(Assert.Single(plan.Parts));

    private static JsonElement Data(SubmissionPart part) => JsonDocument.Parse(part.Body).RootElement.GetProperty("data");
}
