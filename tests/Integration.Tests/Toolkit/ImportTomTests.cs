using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Integration.Tests.Toolkit;

public sealed class SqliteImportTomTests(ToolkitSilo silo) : ImportTomTests(silo), IClassFixture<ToolkitSilo>;

public sealed class PostgreSqlImportTomTests(PostgreSqlToolkitSilo silo) : ImportTomTests(silo), IClassFixture<PostgreSqlToolkitSilo>;

/// <summary><c>tom import-tom</c> as a person runs it: the real console, a real silo, sites on sockets.</summary>
public abstract class ImportTomTests(ToolkitSilo silo)
{
    private const int PageSize = 500;

    [Fact]
    public async Task A_site_is_taken_over_with_targets_data_and_lists_and_nothing_twice()
    {
        await using var site = await StandInToolkit.StartAsync();
        var first = AddTarget(site, "MV 2026a", 0.5, ["MV alias"], "Follow up", "Supernovae");
        var second = AddTarget(site, "MV 2026b", 1.5, [], "Follow up");
        AddTarget(site, "MV 2026c", 2.5, []);
        site.AddTarget(new JsonObject { ["name"] = "MV nowhere", ["type"] = "SIDEREAL", ["ra"] = null, ["dec"] = null }, []);
        AddPoints(site, first, PageSize + 20);
        AddPoints(site, second, 3);
        site.AddDatum(second, Datum("spectroscopy", 0, """{"wavelength": [4000, 4001], "flux": [1, 2]}"""));
        site.AddDatum(second, Datum("photometry", 90, """{"magnitude": "bright", "filter": "g"}"""));
        site.AddDatum(second, Datum("fits_file", 91, """{"x": 1}"""));

        var planned = await ImportAsync(site, "--dry-run");
        Assert.Equal((3, 1), Targets(planned, "made", "refused"));
        Assert.Equal(PageSize + 23, planned.GetProperty("points").GetProperty("stored").GetInt32());
        Assert.Equal(0, (int)(await silo.GetAsync("api/targets/?name=MV"))["count"]!);

        var report = await ImportAsync(site, "--origin", "Old TOM");
        Assert.Equal((3, 1), Targets(report, "made", "refused"));
        Assert.Equal((PageSize + 23, 1, 1), (Count(report, "points", "stored"), Count(report, "points", "refused"), Count(report, "spectra", "stored")));
        Assert.Equal(1, report.GetProperty("others").GetInt32());
        Assert.Equal(["Follow up", "Supernovae"], report.GetProperty("lists").EnumerateArray().Select(list => list.GetString()));
        var here = (await silo.GetAsync("api/targets/?name=MV%20alias"))["results"]![0]!;
        Assert.Equal("MV 2026a", (string?)here["name"]);
        Assert.Equal(["Follow up", "Supernovae"], here["target_lists"]!.AsArray().Select(list => (string?)list!["name"]));
        var data = await silo.GetAsync($"api/reduceddatums/?target__id={(long)here["id"]!}");
        Assert.Equal((PageSize + 20, "Old TOM"), ((int)data["count"]!, (string?)data["results"]![0]!["source_name"]));

        var again = await ImportAsync(site, "--origin", "Old TOM");
        Assert.Equal((0, 3), Targets(again, "made", "found"));
        Assert.Equal((0, PageSize + 23), (Count(again, "points", "stored"), Count(again, "points", "known")));
    }

    [Fact]
    public async Task What_cuts_a_takeover_off_costs_nothing_but_time()
    {
        await using var site = await StandInToolkit.StartAsync(version: 3);
        for (var i = 0; i < 12; i++)
        {
            AddPoints(site, AddTarget(site, $"CT {i:00}", 10 + i, []), 5);
        }

        // Answers that break off are asked for again; the sixth target's never come.
        var asked = 0;
        var sixth = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        site.ReadFault = path =>
        {
            if (path.Contains("target__id=46", StringComparison.Ordinal))
            {
                sixth.TrySetResult();
                return ToolkitFault.Hang;
            }

            return Interlocked.Increment(ref asked) is 1 or 4 ? ToolkitFault.CutAnswer : ToolkitFault.None;
        };
        using (var console = StartConsole(site))
        {
            await sixth.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
            console.Kill();
            await console.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        site.ReadFault = path => path.Contains("target__id=50", StringComparison.Ordinal) ? ToolkitFault.Junk : ToolkitFault.None;
        var (exitCode, _, error) = await silo.Console.RunAsync("import-tom", site.Url.ToString(), "--user", StandInToolkit.UserName);
        Assert.Equal(1, exitCode);
        Assert.Contains("9 of 12 targets are done; the same command goes on from there", error, StringComparison.Ordinal);

        site.ReadFault = null;
        var before = site.Requests.Count;
        var report = await ImportAsync(site);

        Assert.Equal(9, report.GetProperty("targets").GetProperty("doneBefore").GetInt32());
        Assert.Equal(12 * 5, Count(report, "points", "stored") + Count(report, "points", "known"));
        Assert.Equal(3, site.Requests.Skip(before).Count(request => request.Path == "/api/reduceddatums/"));
        Assert.Equal(12, (int)(await silo.GetAsync("api/targets/?name=CT"))["count"]!);
        Assert.Equal(12 * 5, (int)(await silo.GetAsync("api/reduceddatums/?target_name=CT"))["count"]!);
    }

    [Fact]
    public async Task Data_that_may_be_of_another_target_are_not_taken()
    {
        await using var site = await StandInToolkit.StartAsync();
        AddTarget(site, "OT 1", 31, []);
        AddPoints(site, AddTarget(site, "OT 2", 32, []), 2);
        site.IgnoresTargetFilter = true;

        var (exitCode, _, error) = await silo.Console.RunAsync("import-tom", site.Url.ToString(), "--user", StandInToolkit.UserName);

        Assert.Equal(1, exitCode);
        Assert.Contains("nobody can say whose they are", error, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await silo.GetAsync("api/reduceddatums/?target_name=OT"))["count"]!);
    }

    [Fact]
    public async Task Two_targets_of_a_site_whose_names_are_one_here_are_both_refused_with_the_other_ones_name()
    {
        await using var site = await StandInToolkit.StartAsync();
        AddPoints(site, AddTarget(site, "ZQ X[1]", 51, []), 2);
        AddPoints(site, AddTarget(site, "ZQ 2", 52, []), 1);
        AddPoints(site, AddTarget(site, "ZQ-x1", 53, []), 3);

        foreach (var options in (string[][])[["--dry-run"], []])
        {
            var report = await ImportAsync(site, options);
            Assert.Equal((1, 2), Targets(report, "made", "refused"));
            Assert.Equal(1, Count(report, "points", "stored"));
            Assert.Contains("ZQ-x1 (id 43)", report.ToString(), StringComparison.Ordinal);
            Assert.Contains("ZQ X[1] (id 41)", report.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, (int)(await silo.GetAsync("api/targets/?name=ZQ"))["count"]!);
    }

    [Fact]
    public async Task Another_TomOrleans_is_taken_over_in_the_same_way()
    {
        await using var other = new ToolkitSilo();
        await other.InitializeAsync();
        var id = (long)(await other.PostAsync("api/targets/", """
            {"name": "TO 1", "type": "SIDEREAL", "ra": 41, "dec": 2, "aliases": [{"name": "TO alias"}], "targetextra_set": [{"key": "host", "value": "NGC 2"}], "target_lists": [{"name": "Theirs"}]}
            """))["id"]!;
        await other.PostAsync("api/reduceddatums/", $$$"""{"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-01-01T00:00:00Z", "value": {"magnitude": 17.1, "filter": "g"}, "target": {{{id}}}}""");
        await other.PostAsync("api/reduceddatums/", $$$"""{"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-01-02T00:00:00Z", "value": {"limit": 20.5, "filter": "g"}, "target": {{{id}}}}""");
        await other.PostAsync("api/reduceddatums/", $$$"""{"data_type": "spectroscopy", "source_name": "LCO", "timestamp": "2026-01-03T00:00:00Z", "value": {"wavelength": [4000], "flux": [1]}, "target": {{{id}}}}""");

        var report = await silo.ConsoleWith(("TOM_IMPORT_TOKEN", other.Token)).JsonAsync("import-tom", other.Http.BaseAddress!.ToString());

        Assert.Equal((1, 0), Targets(report, "made", "refused"));
        Assert.Equal((2, 1), (Count(report, "points", "stored"), Count(report, "spectra", "stored")));
        var here = (await silo.GetAsync("api/targets/?name_fuzzy=TO%20alias"))["results"]![0]!;
        Assert.Equal(("NGC 2", "Theirs"), ((string?)here["targetextra_set"]![0]!["value"], (string?)here["target_lists"]![0]!["name"]));
        Assert.Equal(3, (int)(await silo.GetAsync($"api/reduceddatums/?target__id={(long)here["id"]!}"))["count"]!);
    }

    private async Task<JsonElement> ImportAsync(StandInToolkit site, params string[] options) =>
        await silo.Console.JsonAsync(["import-tom", site.Url.ToString(), "--user", StandInToolkit.UserName, .. options]);

    private Process StartConsole(StandInToolkit site) => silo.Console.Start("import-tom", site.Url.ToString(), "--user", StandInToolkit.UserName);

    private static long AddTarget(StandInToolkit site, string name, double ra, string[] aliases, params string[] lists) => site.AddTarget(
        new() { ["name"] = name, ["type"] = "SIDEREAL", ["ra"] = ra, ["dec"] = 0, ["epoch"] = 2000.0, ["scheme"] = "", ["permissions"] = "PRIVATE", ["targetextra_set"] = new JsonArray(), ["groups"] = new JsonArray() },
        aliases,
        lists);

    private static void AddPoints(StandInToolkit site, long target, int count)
    {
        for (var i = 0; i < count; i++)
        {
            site.AddDatum(target, Datum("photometry", i, string.Create(CultureInfo.InvariantCulture, $$"""{"magnitude": {{17 + (i * 0.001)}}, "filter": "g"}""")));
        }
    }

    private static JsonObject Datum(string type, int hours, string value) => new()
    {
        ["data_product"] = null,
        ["data_type"] = type,
        ["source_name"] = "",
        ["source_location"] = "",
        ["timestamp"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["value"] = JsonNode.Parse(value),
    };

    private static (int, int) Targets(JsonElement report, string one, string other) => (Count(report, "targets", one), Count(report, "targets", other));

    private static int Count(JsonElement report, string of, string fate) => report.GetProperty(of).GetProperty(fate).GetInt32();
}
