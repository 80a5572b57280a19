using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;
using TomOrleans.Targets;

namespace TomOrleans.Bench.Verbs;

/// <summary>A point more on targets of all sizes, a file of 100,000 rows, the light curve of a large target; on each database there is.</summary>
internal static class PhotometryCases
{
    private const int Appends = 200;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await RunAsync("SQLite", Store.SqliteAsync, options, report);
        if (Store.PostgreSql is { } server)
        {
            await RunAsync("PostgreSQL", () => Store.PostgreSqlAsync(server), options, report);
        }
    }

    private static async Task RunAsync(string database, Func<Task<Store>> open, BenchOptions options, Report report)
    {
        var largest = options.Messages(quick: 10_000, full: 100_000);
        int[] sizes = [.. new[] { 0, 1_000, 10_000, 100_000 }.Where(held => held <= largest && options.Wants(AppendTo(database, held)))];
        var (import, export, curve) = ($"{database} import", $"{database} export", $"{database} light curve");
        if (sizes.Length == 0 && !new[] { import, export, curve }.Any(options.Wants))
        {
            return;
        }

        await using var tom = await TargetsTom.StartAsync(await open());
        if (sizes.Length > 0)
        {
            var appends = new List<Contender>();
            foreach (var held in sizes)
            {
                appends.Add(await AppendAsync(tom, database, held));
            }

            report.Add(await new Contest(options, Report.Progress).RunAsync(appends), appends[0].Short);
        }

        if (new[] { import, export }.Any(options.Wants))
        {
            List<Contender> files = [Import(tom, database, import, largest), await ExportAsync(tom, database, export, largest)];
            report.Add(await new Contest(options, Report.Progress).RunAsync(files), files.First(file => options.Wants(file.Short)).Short);
        }

        if (options.Wants(curve))
        {
            var (_, name) = await tom.AddTargetAsync(largest);
            await using var server = await LightCurveServer.StartAsync(tom.Grains);
            report.Add(await TimedResult.RunAsync(
                new($"light curve of a target of {largest:N0} over HTTP, {database}", curve, 600, 3, _ => server.GetAsync(name, largest)), options, Report.Progress));
        }
    }

    private static string AppendTo(string database, int held) => $"{database} append {held}";

    private static async Task<Contender> AppendAsync(TargetsTom tom, string database, int held)
    {
        var (id, _) = await tom.AddTargetAsync(held);
        var next = held;
        return new($"{database}: a point more on a target of {held:N0}", AppendTo(database, held), async () =>
        {
            var before = Meter.Read();
            for (var i = 0; i < Appends; i++)
            {
                await tom.Grains.Target(id).RecordPhotometryAsync([TargetsTom.Point(next++)]);
            }

            return before.Until(Meter.Read(), Appends);
        });
    }

    private static Contender Import(TargetsTom tom, string database, string brief, int rows) => new($"{database}: rows of a file of {rows:N0} imported", brief, async () =>
    {
        var (_, name) = await tom.AddTargetAsync(0);
        var before = Meter.Read();
        await tom.ImportAsync(name, rows);
        return before.Until(Meter.Read(), rows);
    });

    private static async Task<Contender> ExportAsync(TargetsTom tom, string database, string brief, int held)
    {
        var (large, _) = await tom.AddTargetAsync(held);
        return new($"{database}: points of a target of {held:N0} written as CSV", brief, async () =>
        {
            var before = Meter.Read();
            var points = 0;
            for (int? from = 0; from is { } place;)
            {
                var page = await tom.Grains.TargetPhotometry(large).ExportAsync(PhotometryFileFormat.Csv, place);
                (points, from) = (points + page.Points, page.Next);
            }

            return before.Until(Meter.Read(), points);
        });
    }
}
