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
        await using var tom = await TargetsTom.StartAsync(await open());
        var appends = new List<Contender>();
        foreach (var held in new[] { 0, 1_000, 10_000, 100_000 }.Where(held => held <= largest))
        {
            var (id, _) = await tom.AddTargetAsync(held);
            var next = held;
            appends.Add(new($"{database}: a point more on a target of {held:N0}", $"{database} append {held}", async () =>
            {
                var before = Meter.Read();
                for (var i = 0; i < Appends; i++)
                {
                    await tom.Grains.Target(id).RecordPhotometryAsync([TargetsTom.Point(next++)]);
                }

                return before.Until(Meter.Read(), Appends);
            }));
        }

        report.Add(await new Contest(options, Report.Progress).RunAsync(appends), appends[0].Short);
        var (large, _) = await tom.AddTargetAsync(largest);
        List<Contender> files =
        [
            new($"{database}: rows of a file of {largest:N0} imported", $"{database} import", async () =>
            {
                var (_, name) = await tom.AddTargetAsync(0);
                var before = Meter.Read();
                await tom.ImportAsync(name, largest);
                return before.Until(Meter.Read(), largest);
            }),
            new($"{database}: points of a target of {largest:N0} written as CSV", $"{database} export", async () =>
            {
                var before = Meter.Read();
                var points = 0;
                for (int? from = 0; from is { } place;)
                {
                    var page = await tom.Grains.TargetPhotometry(large).ExportAsync(PhotometryFileFormat.Csv, place);
                    (points, from) = (points + page.Points, page.Next);
                }

                return before.Until(Meter.Read(), points);
            }),
        ];
        report.Add(await new Contest(options, Report.Progress).RunAsync(files), files[0].Short);
    }
}
