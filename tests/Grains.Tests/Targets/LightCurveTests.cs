using TomOrleans.Grains.Targets;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class LightCurveTests
{
    private static readonly PhotometryPoint Point = PointBuilder.Point;
    private static readonly PhotometryPoint Revised = Point with { Brightness = 18.7 };

    [Fact]
    public void The_value_of_the_latest_message_is_shown_whichever_came_first()
    {
        PhotometryRow[] rows = [PointBuilder.Row(Revised, messageTime: 20), PointBuilder.Row(Point, messageTime: 10)];

        foreach (var order in (IEnumerable<PhotometryRow>[])[rows, rows.Reverse()])
        {
            var shown = Assert.Single(LightCurve.Shown(order));
            Assert.Equal(18.7, shown.Brightness);
            Assert.Equal(1, shown.OtherRevisions);
        }
    }

    [Fact]
    public void Of_messages_of_the_same_time_the_higher_offset_is_shown() =>
        Assert.Equal(18.7, Assert.Single(LightCurve.Shown([PointBuilder.Row(Revised, 10, offset: 8), PointBuilder.Row(Point, 10, offset: 7)])).Brightness);

    [Fact]
    public void A_value_from_a_message_is_shown_over_one_that_came_without() =>
        Assert.Equal(18.7, Assert.Single(LightCurve.Shown([PointBuilder.Row(Revised, long.MinValue + 1), PhotometryRows.ToRow(Point)])).Brightness);

    [Fact]
    public void A_withdrawn_value_gives_way_to_the_one_before_it()
    {
        var shown = Assert.Single(LightCurve.Shown([PointBuilder.Row(Point, 10), PointBuilder.Row(Revised, 20, retracted: true)]));

        Assert.Equal(18.5, shown.Brightness);
        Assert.Equal(1, shown.OtherRevisions);
    }

    [Fact]
    public void A_measurement_that_was_withdrawn_whole_is_shown_only_when_asked_for()
    {
        PhotometryRow[] rows = [PointBuilder.Row(Point, 10, retracted: true), PointBuilder.Row(Revised, 20, retracted: true)];

        Assert.Empty(LightCurve.Shown(rows));
        var shown = LightCurve.Shown(rows, includeRetracted: true);
        Assert.True(Assert.Single(shown).IsRetracted);
        Assert.Equal(18.7, shown[0].Brightness);
        Assert.Null(LightCurve.Latest(shown));
    }

    [Fact]
    public void Points_are_in_the_order_of_their_light()
    {
        var times = new long[] { 5_000_000, 1_000_000, 3_000_000, 2_000_000 };

        var shown = LightCurve.Shown(times.Select((time, i) => PointBuilder.Row(Point with { Time = new(time) }, 100 - i)));

        Assert.Equal(times.Order(), shown.Select(point => point.Time.UtcMicroseconds));
        Assert.All(shown, point => Assert.Equal(0, point.OtherRevisions));
        Assert.Equal(5_000_000, LightCurve.Latest(shown)!.Time.UtcMicroseconds);
    }

    [Fact]
    public void The_same_rows_in_any_order_give_the_same_curve()
    {
        var rows = Enumerable.Range(0, 40).Select(i => PointBuilder.Row(Point with { Time = new(i % 3 * 1_000_000), Bandpass = $"b{i % 5}", Brightness = i }, i % 4, i % 2)).ToArray();
        var expected = LightCurve.Shown(rows);

        for (var seed = 0; seed < 20; seed++)
        {
            new Random(seed).Shuffle(rows);
            Assert.Equal(expected, LightCurve.Shown(rows));
        }
    }

    [Fact]
    public void What_several_origins_state_alike_is_one_point_as_stated_first()
    {
        PhotometryRow[] rows = [PointBuilder.Row(Point with { Origin = "broker" }, 20), PointBuilder.Row(Point, 10), PointBuilder.Row(Point with { Origin = "other", Brightness = 18.6 }, 5)];

        foreach (var order in (IEnumerable<PhotometryRow>[])[rows, rows.Reverse()])
        {
            var shown = LightCurve.Shown(order);
            Assert.Equal(2, shown.Length);
            var common = Assert.Single(shown, point => point.Brightness == 18.5);
            Assert.Equal((Point.Origin, 1), (common.Origin, common.OtherOrigins));
        }
    }

    [Fact]
    public void What_one_origin_states_twice_under_ids_of_its_own_are_two_points()
    {
        var shown = LightCurve.Shown(
        [
            PointBuilder.Row(Point with { MeasurementId = "1" }, 1), PointBuilder.Row(Point with { MeasurementId = "2" }, 1), PointBuilder.Row(Point with { Origin = "broker" }, 2),
        ]);

        Assert.Equal([0, 1], shown.Select(point => point.OtherOrigins).Order());
    }

    [Fact]
    public void Another_band_or_telescope_is_another_point() =>
        Assert.Equal(3, LightCurve.Shown([PointBuilder.Row(Point, 1), PointBuilder.Row(Point with { Bandpass = "r" }, 1), PointBuilder.Row(Point with { Telescope = null }, 1)]).Length);

    [Fact]
    public void A_value_that_one_origin_withdrew_and_another_did_not_is_shown()
    {
        var shown = Assert.Single(LightCurve.Shown([PointBuilder.Row(Point, 1, retracted: true), PointBuilder.Row(Point with { Origin = "broker" }, 2)]));

        Assert.Equal(("broker", false), (shown.Origin, shown.IsRetracted));
    }

    [Fact]
    public void The_history_holds_every_value_and_says_which_stands_for_it()
    {
        PhotometryRow[] rows = [PointBuilder.Row(Point, 10), PointBuilder.Row(Revised, 20), PointBuilder.Row(Revised with { Origin = "broker" }, 30), PointBuilder.Row(Point with { Bandpass = "r" }, 10)];

        var history = LightCurve.History(rows);

        Assert.Equal(4, history.Length);
        Assert.Equal(2, history.Count(entry => entry.IsShown));
        var shown = Assert.Single(history, entry => entry is { IsShown: true, Point.Bandpass: "g" });
        Assert.Equal((18.7, Point.Origin), (shown.Point.Brightness, shown.Point.Origin));
        Assert.All(history.Where(entry => entry.Point.Bandpass == "g"), entry => Assert.Equal(shown.Point.Key, entry.ShownAs));
    }

    [Fact]
    public void A_measurement_is_chosen_with_all_its_values_and_a_value_alone_by_its_whole_key()
    {
        var history = LightCurve.History([PointBuilder.Row(Point, 10), PointBuilder.Row(Revised, 20), PointBuilder.Row(Revised with { Origin = "broker" }, 30), PointBuilder.Row(Point with { Bandpass = "r" }, 10)]);
        var key = history.First(entry => entry.Point.Brightness == 18.5 && entry.Point.Bandpass == "g").Point.Key!;

        Assert.Equal(3, PointChoice.Of([key[..16]], history).Count);
        Assert.Single(PointChoice.Of([key], history));
        Assert.Equal(TomFault.NotFound, Assert.Throws<TomException>(() => PointChoice.Of([PointKeys.Format(1, 2)], history)).Fault);
        Assert.Equal(TomFault.Invalid, Assert.Throws<TomException>(() => PointChoice.Of(["g\n"], history)).Fault);
    }

    [Fact]
    public void No_rows_give_no_points()
    {
        Assert.Empty(LightCurve.Shown([]));
        Assert.Null(LightCurve.Latest([]));
    }
}
