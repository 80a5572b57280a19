using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Verbs;

/// <summary>Targets and their points: how long answers take beside what was promised. Each case says in its brief name which database it asks.</summary>
internal static class TargetsVerb
{
    private const int Names = 1_000;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await FindAsync(options, report, "SQLite", Store.SqliteAsync);
        if (Store.PostgreSql is { } server)
        {
            await FindAsync(options, report, "PostgreSQL", () => Store.PostgreSqlAsync(server));
        }

        await PhotometryCases.RunAsync(options, report);
        await TouchedCase.RunAsync(options, report);
    }

    /// <summary>Targets found by name and by place, among a million with two million names.</summary>
    private static async Task FindAsync(BenchOptions options, Report report, string database, Func<Task<Store>> open)
    {
        string[] shorts = [$"names {database}", $"cone arcmin {database}", $"cone degree {database}"];
        if (!shorts.Any(options.Wants))
        {
            return;
        }

        var targets = options.Messages(quick: 100_000, full: 1_000_000);
        await using var store = await open();
        await Report.Progress.WriteLineAsync($"filling {database} with {targets} targets");
        await SkyOfTargets.FillAsync(store, targets);
        await using var writer = new GroupCommitWriter(store.Database);
        var table = new TargetTable(store.Database, writer);
        var random = new Random(42);
        var asked = Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, Names).Select(i => Name(random, targets, i)).ToArray()).ToArray();
        (double RightAscension, double Declination)[] places = [.. Enumerable.Range(0, 1_000).Select(_ => SkyOfTargets.PlaceOf(random.NextInt64(1, targets + 1), targets))];
        Timed[] cases =
        [
            new($"{Names:N0} of {2L * targets:N0} names resolved, {database}", shorts[0], 20, 50, async call =>
            {
                var found = await table.ResolveAsync(asked[call % asked.Length]);
                if (found.Count < Names * 9 / 10)
                {
                    throw new BenchException($"Of {Names} names {found.Count} were found.");
                }
            }),
            new($"cone of 1 arcmin among {targets:N0} targets, {database}", shorts[1], 1, 500, call => ConeAsync(table, places[call % places.Length], 1.0 / 60)),
            new($"cone of 1 degree among {targets:N0} targets, {database}", shorts[2], 5, 500, call => ConeAsync(table, places[call % places.Length], 1)),
        ];
        foreach (var timed in cases.Where(timed => options.Wants(timed.Short)))
        {
            report.Add(await TimedResult.RunAsync(timed, options, Report.Progress));
        }
    }

    private static string Name(Random random, int targets, int number)
    {
        var target = random.NextInt64(1, targets + 1);
        return number % 2 == 0 ? SkyOfTargets.NameOf(target) : SkyOfTargets.AliasOf(target);
    }

    private static async Task ConeAsync(TargetTable table, (double RightAscension, double Declination) place, double radius)
    {
        if ((await table.FindInConeAsync(place.RightAscension, place.Declination, radius)).Count == 0)
        {
            throw new BenchException("The target in the middle of the cone was not found.");
        }
    }
}
