using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Sandbox.Tests.Sky;

public sealed class SkySimulatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 12, 3, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Visit> History = new SkySimulator(1, Start).History();

    [Fact]
    public void Same_seed_tells_the_same_sky_and_another_seed_another()
    {
        Assert.Equal(Told(new SkySimulator(1, Start)), Told(new SkySimulator(1, Start)));
        Assert.Empty(Told(new SkySimulator(1, Start)).Intersect(Told(new SkySimulator(2, Start))));
    }

    [Fact]
    public void Run_started_later_tells_the_history_both_cover_again()
    {
        var later = new SkySimulator(1, Start.AddDays(2)).History();
        var shared = History.Where(v => v.Time >= Start.AddDays(2 - SkySimulator.HistoryDays + 1)).ToList();

        Assert.True(shared.Count > 200);
        Assert.Equal(shared.Select(Text), later.Where(v => v.Time < Start && v.Time >= shared[0].Time).Select(Text));
    }

    [Fact]
    public void There_are_twenty_targets_and_more_of_different_kinds_some_with_aliases()
    {
        var targets = new SkySimulator(1, Start).Targets;

        Assert.True(targets.Count >= 20);
        Assert.Equal(targets.Count, targets.Select(t => t.Name).Distinct().Count());
        Assert.Equal(4, targets.Select(t => t.Kind).Distinct().Count());
        Assert.InRange(targets.Count(t => t.Aliases.Count > 0), 3, 12);
        Assert.All(targets, t => Assert.Matches("^(SN|AT) 20[0-9]{2}[a-z]{3,}$", t.Name));
        Assert.True(targets.Max(t => t.Declination) > 30 && targets.Min(t => t.Declination) < -30);
        Assert.True(targets.Select(t => (int)(t.RightAscension / 90)).Distinct().Count() == 4);
    }

    [Fact]
    public void History_has_well_over_a_hundred_points_in_order_of_time_and_none_in_the_future()
    {
        Assert.True(History.Sum(v => v.Observations.Count) > 300);
        Assert.Equal(History.Select(v => v.Time).Order(), History.Select(v => v.Time));
        Assert.All(History, v => Assert.InRange(v.Time, Start.AddDays(-SkySimulator.HistoryDays), Start));
        Assert.Equal(History.Count, History.Select(v => v.Id).Distinct().Count());
        Assert.Equal(new SkySimulator(1, Start).Targets.Select(t => t.Name).Order(), History.Select(v => v.Target.Name).Distinct().Order());
    }

    [Fact]
    public void There_are_detections_limits_and_detections_with_their_depth()
    {
        var rows = History.SelectMany(v => v.Observations).ToList();

        Assert.True(rows.Count(r => r.Magnitude is null) > 20);
        Assert.True(rows.Count(r => r is { Magnitude: not null, Limit: null }) > 100);
        Assert.True(rows.Count(r => r is { Magnitude: not null, Limit: not null }) > 20);
        Assert.All(rows.Where(r => r.Magnitude is null), r => Assert.NotNull(r.Limit));
    }

    [Fact]
    public void Brightness_is_physical_and_errors_grow_with_faintness()
    {
        var seen = History.SelectMany(v => v.Observations).Where(r => r.Magnitude is not null).ToList();

        Assert.All(seen, r => Assert.InRange(r.Magnitude!.Value, 11, 23));
        Assert.All(seen, r => Assert.InRange(r.MagnitudeError!.Value, 0.005, 0.25));
        Assert.All(seen.Where(r => r.Limit is not null), r => Assert.True(r.Magnitude <= r.Limit));
        var one = seen.Where(r => r.Observatory.Telescope == "Cerro Arenal 1.2m").ToList();
        Assert.True(one.Where(r => r.Magnitude < 16).Average(r => r.MagnitudeError) < one.Where(r => r.Magnitude > 19).Average(r => r.MagnitudeError) / 3);
    }

    [Fact]
    public void Live_visits_come_one_an_interval_from_the_start_on()
    {
        var live = new SkySimulator(1, Start, TimeSpan.FromSeconds(2)).Live().Take(50).ToList();

        Assert.Equal(Enumerable.Range(1, 50).Select(i => Start.AddSeconds(2 * i)), live.Select(v => v.Time));
        Assert.True(live.Select(v => v.Target.Name).Distinct().Count() > 10);
    }

    [Fact]
    public void Supernovae_rise_faster_than_they_fall()
    {
        foreach (var supernova in new SkySimulator(1, Start).Targets.Where(t => t.Kind == "supernova"))
        {
            var days = Enumerable.Range(0, 2000).Select(i => MjdOf(Start) - 60 + (i * 0.1)).ToList();
            var peak = days.MinBy(d => supernova.LightCurve.MagnitudeAt(d, "r") ?? 99);
            var brightest = supernova.LightCurve.MagnitudeAt(peak, "r")!.Value;
            var rise = peak - days.First(d => supernova.LightCurve.MagnitudeAt(d, "r") < brightest + 1);
            var fall = days.Last(d => supernova.LightCurve.MagnitudeAt(d, "r") < brightest + 1) - peak;
            Assert.InRange(rise, 2, fall / 1.5);
        }
    }

    private static double MjdOf(DateTimeOffset time) => (time - new DateTimeOffset(1858, 11, 17, 0, 0, 0, TimeSpan.Zero)).TotalDays;

    private static List<string> Told(SkySimulator sky) => [.. sky.History().Concat(sky.Live().Take(100)).Select(Text)];

    private static string Text(Visit visit) =>
        $"{visit.Id} {visit.Target.Name} {string.Join(", ", visit.Observations.Select(o => $"{o.Time:O} {o.Band} {o.Magnitude} {o.MagnitudeError} {o.Limit}"))}";
}
