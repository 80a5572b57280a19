using System.Globalization;
using TomOrleans.Alerts;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;

namespace TomOrleans.Bench.Verbs;

/// <summary>Every target of many gets one point, evenly over ten minutes: how much memory the silo has at the end, and how much it has given back ten minutes later. In one process with the benchmark.</summary>
internal static class TouchedCase
{
    private const int Batch = 1_000;
    private const long BarAtTheEnd = 1_500;
    private const long BarLater = 600;
    private const long Megabyte = 1_000_000;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        if (!options.Wants("touched"))
        {
            return;
        }

        var targets = options.Messages(quick: 20_000, full: 1_000_000);
        var (span, rest) = options.Quick ? (TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1)) : (TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
        var store = await Store.SqliteAsync();
        await Report.Progress.WriteLineAsync($"filling SQLite with {targets} targets");
        await SkyOfTargets.FillAsync(store, targets);

        // What is let go after minutes in the silo goes sooner in a quick run, which does not wait for so long.
        await using var tom = await TargetsTom.StartAsync(store, options.Quick ? TimeSpan.FromSeconds(10) : null);
        var before = Environment.WorkingSet;
        await TouchAsync(tom, targets, span);
        var (end, active) = (Environment.WorkingSet, await tom.ActiveTargetsAsync());
        await Report.Progress.WriteLineAsync(Text($"touched {targets:N0}: RSS {end / Megabyte:N0} MB, {active:N0} active; resting for {rest.TotalMinutes:N0} min"));
        await Task.Delay(rest);
        var (later, left) = (Environment.WorkingSet, await tom.ActiveTargetsAsync());
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var held = Environment.WorkingSet;
        report.Fact("touched", Text($"{targets:N0} targets, one point each, in {span.TotalMinutes:0.#} min, SQLite"));
        report.Fact("rssBefore", Text($"{before / Megabyte:N0} MB"));
        report.Fact("rssAtTheEnd", Text($"{end / Megabyte:N0} MB, {active:N0} targets active{Bar(options, BarAtTheEnd)}"));
        report.Fact("rssLater", Text($"{later / Megabyte:N0} MB, {left:N0} targets active, {rest.TotalMinutes:N0} min later{Bar(options, BarLater)}"));
        report.Fact("rssHeld", Text($"{held / Megabyte:N0} MB after a collection that the silo does not ask for"));
    }

    private static async Task TouchAsync(TargetsTom tom, int targets, TimeSpan span)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var first = 0; first < targets; first += Batch)
        {
            await tom.TouchAsync([.. Enumerable.Range(first, Math.Min(Batch, targets - first)).Select(i => Alert(i, SkyOfTargets.NameOf(i + 1)))]);
            var due = span * ((double)(first + Batch) / targets);
            if (due - TimeProvider.System.GetElapsedTime(begun) is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }
        }
    }

    private static Alert Alert(int number, string target) => new()
    {
        Location = new("bench", "touched", 0, number),
        TimestampMicroseconds = number,
        Format = AlertFormat.Hermes,
        Headers = [],
        Value = default,
        Report = new() { Points = [new(target, TargetsTom.Point(number))] },
    };

    private static string Bar(BenchOptions options, long megabytes) => options.Quick ? "" : Text($" (bar {megabytes:N0} MB)");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
