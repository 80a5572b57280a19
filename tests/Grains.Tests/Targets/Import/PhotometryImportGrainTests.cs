using System.Globalization;
using System.Text;
using TomOrleans.Storage;
using TomOrleans.Targets;
using TomOrleans.Testing.PostgreSql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace TomOrleans.Grains.Tests.Targets.Import;

public sealed class SqlitePhotometryImportGrainTests : PhotometryImportGrainTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tom-import-").FullName;

    protected override Task<TomDatabase> OpenAsync() => Task.FromResult(TomDatabase.OpenSqlite(_folder));

    protected override void Clean() => Directory.Delete(_folder, recursive: true);
}

public sealed class PostgreSqlPhotometryImportGrainTests(PostgreSqlServer server) : PhotometryImportGrainTests
{
    protected override async Task<TomDatabase> OpenAsync()
    {
        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        return TomDatabase.OpenPostgreSql(await server.CreateDatabaseAsync());
    }
}

/// <summary>Imports through a real silo.</summary>
public abstract class PhotometryImportGrainTests : IAsyncLifetime
{
    private const string Head = "time,filter,magnitude,error,unit,source\n";
    private TomDatabase _database = null!;
    private ImportCluster _cluster = null!;

    private static PhotometryImportRequest Request => new() { FileName = "some/where/curve.csv", Target = "SN 1" };

    public async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _cluster = await ImportCluster.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Clean();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Rows_are_stored_then_known_then_revised_and_say_where_they_came_from()
    {
        var target = await _cluster.AddTargetAsync("SN 1");
        var first = await _cluster.ImportAsync($"{Head}60000.5,g,18.5,0.02,AB mag,me\n60001.5,g,18.6,0.02,AB mag,me\n", Request);
        Assert.Equal((ImportState.Done, 2, "toolkit"), (first.Status.State, first.Status.Count(ImportFate.Stored), first.Status.Format));

        var again = await _cluster.ImportAsync($"{Head}60000.5,g,18.5,0.02,AB mag,me\n60001.5,g,18.7,0.02,AB mag,me\n60001.5,g,18.7,0.02,AB mag,a broker\n", Request);

        Assert.Equal([ImportFate.Known, ImportFate.Revised, ImportFate.Confirmed], again.Rows.Select(row => row.Fate));
        var points = await _cluster.Grains.Target(target).GetPhotometryAsync();
        Assert.Equal([18.5, 18.7], points.Select(point => point.Brightness!.Value));
        Assert.Equal((1, 1), (points[1].OtherRevisions, points[1].OtherOrigins));
        Assert.Equal("import/curve.csv/0/3", points[1].Provenance!.Location.ToString());
        Assert.Equal(2, (await _cluster.Grains.Target(target).GetAsync()).Points);
    }

    [Fact]
    public async Task A_file_with_a_bad_row_is_refused_whole_unless_it_is_to_be_skipped()
    {
        var target = await _cluster.AddTargetAsync("SN 1");
        var text = $"{Head}60000.5,g,18.5,0.02,AB mag,me\nyesterday,g,18.6,0.02,AB mag,me\n";

        var refused = await _cluster.ImportAsync(text, Request);

        Assert.Equal(ImportState.Refused, refused.Status.State);
        Assert.Contains("1 of 2 rows cannot be read, so nothing was stored", refused.Status.Reason, StringComparison.Ordinal);
        Assert.Equal([ImportFate.NotStored, ImportFate.Refused], refused.Rows.Select(row => row.Fate));
        Assert.Empty(await _cluster.Grains.Target(target).GetPhotometryAsync());

        var skipped = await _cluster.ImportAsync(text, Request with { SkipBad = true });

        Assert.Equal((ImportState.Done, 1, 1), (skipped.Status.State, skipped.Status.Count(ImportFate.Stored), skipped.Status.Count(ImportFate.Refused)));
        Assert.Single(await _cluster.Grains.Target(target).GetPhotometryAsync());
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_fates_and_stores_nothing()
    {
        var target = await _cluster.AddTargetAsync("SN 1");
        await _cluster.ImportAsync($"{Head}60000.5,g,18.5,0.02,AB mag,me\n", Request);
        var text = $"{Head}60000.5,g,18.5,0.02,AB mag,me\n60000.5,g,18.9,0.02,AB mag,me\n60000.5,g,18.5,0.02,AB mag,other\n60002.5,g,18.5,0.02,AB mag,me\nx,g,1,,,\n";

        var dry = await _cluster.ImportAsync(text, Request with { DryRun = true });

        Assert.Equal(ImportState.Done, dry.Status.State);
        Assert.Contains("a real import would store nothing", dry.Status.Reason, StringComparison.Ordinal);
        Assert.Single(await _cluster.Grains.TargetPhotometry(target).GetHistoryAsync());
        var real = await _cluster.ImportAsync(text, Request with { SkipBad = true });
        Assert.Equal(real.Rows.Select(row => row.Fate), dry.Rows.Select(row => row.Fate));
    }

    [Fact]
    public async Task Rows_find_the_targets_they_name_and_unknown_ones_are_refused()
    {
        var (one, two) = (await _cluster.AddTargetAsync("SN 1"), await _cluster.AddTargetAsync("SN 2"));
        const string Text = "target,mjd,band,mag,magsys\nsn-1,60000.5,g,18,ab\nSN2,60000.5,g,19,ab\nSN 3,60000.5,g,19,ab\n,60000.5,g,19,ab\n";

        var imported = await _cluster.ImportAsync(Text, Request with { Target = null, SkipBad = true, Format = "table" });

        Assert.Equal([ImportFate.Stored, ImportFate.Stored, ImportFate.Refused, ImportFate.Refused], imported.Rows.Select(row => row.Fate));
        Assert.Contains("no target named 'SN 3'", imported.Rows[2].Reason, StringComparison.Ordinal);
        Assert.Equal(18, Assert.Single(await _cluster.Grains.Target(one).GetPhotometryAsync()).Brightness);
        Assert.Equal(19, Assert.Single(await _cluster.Grains.Target(two).GetPhotometryAsync()).Brightness);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_at_the_start()
    {
        await _cluster.AddTargetAsync("SN 1");
        async Task<TomFault> FaultAsync(PhotometryImportRequest request) => (await Assert.ThrowsAsync<TomException>(() => _cluster.BeginAsync(Head, request))).Fault;

        Assert.Equal(TomFault.Invalid, await FaultAsync(Request with { Format = "fits" }));
        Assert.Equal(TomFault.Invalid, await FaultAsync(Request with { Unit = "counts" }));
        Assert.Equal(TomFault.Invalid, await FaultAsync(Request with { TimeScale = "PST" }));
        Assert.Equal(TomFault.Invalid, await FaultAsync(Request with { Columns = [new("a", "colour")] }));
        Assert.Equal(TomFault.NotFound, await FaultAsync(Request with { Target = "nobody" }));
        var unreadable = await _cluster.ImportAsync("a b c\n", Request);
        Assert.Equal(ImportState.Refused, unreadable.Status.State);
        Assert.StartsWith("curve.csv is in no format", unreadable.Status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_dies_between_any_two_steps_leaves_what_a_repeat_completes()
    {
        const int Points = 12_000;
        var text = new StringBuilder(Head);
        for (var i = 0; i < Points; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{60000 + (i * 0.001m)},g,18.5,0.02,AB mag,me\n");
        }

        // Three batches of at most 5,000 rows: before and after the first, and after the last but one.
        foreach (var (number, stop) in ((WriteStop[])[new(0, false), new(0, true), new(2, false)]).Index())
        {
            var name = $"SN {number}";
            var target = await _cluster.AddTargetAsync(name);
            _cluster.Stop = stop;
            await _cluster.RestartAsync();
            await _cluster.BeginAsync(text.ToString(), Request with { Target = name });
            await stop.Reached.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

            await _cluster.KillAsync();

            var stored = (await _cluster.Grains.Target(target).GetAsync()).Points;
            Assert.Equal(number switch { 0 => 0, 1 => 5_000, _ => 10_000 }, stored);
            var again = await _cluster.ImportAsync(text.ToString(), Request with { Target = name });
            Assert.True(again.Status.State == ImportState.Done, again.Status.Reason);
            Assert.Equal((ImportState.Done, Points - stored, stored), (again.Status.State, again.Status.Count(ImportFate.Stored), again.Status.Count(ImportFate.Known)));
            Assert.Equal(Points, (await _cluster.Grains.Target(target).GetAsync()).Points);
            Assert.Equal(Points, (await _cluster.Grains.TargetPhotometry(target).GetHistoryAsync()).Length);
        }
    }

    [Fact]
    public async Task Targets_of_a_file_are_stored_many_at_a_time_and_each_row_has_its_fate()
    {
        const int Targets = 40;
        var text = await ManyTargetsAsync(Targets);
        _cluster.Gate = new(Targets);
        await _cluster.RestartAsync();

        var import = await _cluster.BeginAsync(text, Request with { Target = null, Format = "table", SkipBad = true });

        await _cluster.Gate.Open.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var (status, rows) = await ImportCluster.EndAsync(import);
        Assert.Equal((ImportState.Done, 3 * Targets, 1, (3 * Targets) + 1), (status.State, status.Count(ImportFate.Stored), status.Count(ImportFate.Refused), status.Judged));
        Assert.Equal(Enum.GetValues<ImportFate>().Select(fate => rows.Count(row => row.Fate == fate)), status.Fates);
        Assert.Equal(Targets, status.Targets.Length);
    }

    [Fact]
    public async Task A_silo_that_dies_among_many_targets_leaves_what_a_repeat_completes()
    {
        const int Targets = 100;

        // Writes of the first step, and one of the second.
        foreach (var (number, stop) in ((WriteStop[])[new(0, false), new(20, true), new(70, false)]).Index())
        {
            var text = await ManyTargetsAsync(Targets, $"T{number} ");
            var request = Request with { Target = null, Format = "table", SkipBad = true };
            _cluster.Stop = stop;
            await _cluster.RestartAsync();
            await _cluster.BeginAsync(text, request);
            await stop.Reached.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

            await _cluster.KillAsync();

            var (status, _) = await _cluster.ImportAsync(text, request);
            Assert.True(status.State == ImportState.Done, status.Reason);
            Assert.Equal(3 * Targets, status.Count(ImportFate.Stored) + status.Count(ImportFate.Known));
            Assert.InRange(status.Count(ImportFate.Stored), number == 1 ? 0 : 3, number == 2 ? 36 * 3 : 3 * Targets);
            for (var i = 0; i < Targets; i++)
            {
                var target = await _cluster.Grains.TargetDirectory().FindAsync($"T{number} {i}");
                Assert.Equal((3, 3), (target.Points, (await _cluster.Grains.TargetPhotometry(target.Id).GetHistoryAsync()).Length));
            }
        }
    }

    [Fact]
    public async Task Points_are_withdrawn_by_key_shown_as_such_and_brought_back()
    {
        var target = await _cluster.AddTargetAsync("SN 1");
        await _cluster.ImportAsync($"{Head}60000.5,g,18.5,0.02,AB mag,me\n60000.5,g,18.5,0.02,AB mag,a broker\n60001.5,g,18.6,0.02,AB mag,me\n", Request);
        var grain = _cluster.Grains.TargetPhotometry(target);
        var key = (await _cluster.Grains.Target(target).GetPhotometryAsync())[0].Key!;

        Assert.Equal(2, await grain.RetractAsync([key[..16]], retracted: true));

        Assert.Equal([true, false], (await _cluster.Grains.Target(target).GetPhotometryAsync()).Select(point => point.IsRetracted));
        Assert.Equal(2, await grain.RetractAsync([key[..16]], retracted: false));
        Assert.Equal([false, false], (await _cluster.Grains.Target(target).GetPhotometryAsync()).Select(point => point.IsRetracted));
        Assert.Equal(TomFault.NotFound, (await Assert.ThrowsAsync<TomException>(() => grain.RetractAsync([PointKeys.Format(1, 1)], retracted: true))).Fault);
    }

    [Fact]
    public async Task A_target_moves_by_its_file_into_another_tom()
    {
        var target = await _cluster.AddTargetAsync("SN 1");
        await _cluster.AddTargetAsync("SN 2");
        await _cluster.ImportAsync($"{Head}60000.5,g,18.5,0.02,AB mag,me\n60001.5,=r,18.6,,mag,'you\n", Request);
        var pages = await _cluster.Grains.TargetPhotometry(target).ExportAsync(PhotometryFileFormat.Csv, 0);

        var copy = await _cluster.ImportAsync(Encoding.UTF8.GetString(pages.Content), Request with { Target = "SN 2" });

        Assert.Equal((ImportState.Done, 2, "csv"), (copy.Status.State, copy.Status.Count(ImportFate.Stored), copy.Status.Format));
        var again = await _cluster.ImportAsync(Encoding.UTF8.GetString(pages.Content), Request);
        Assert.Equal(2, again.Status.Count(ImportFate.Known));
    }

    [Fact]
    public async Task Spectra_are_stored_once_listed_in_time_order_and_come_back_to_the_last_digit()
    {
        var target = await _cluster.AddTargetAsync("SN 1");
        var grain = _cluster.Grains.TargetSpectra(target);
        SpectrumFile File(string text, string time) => new() { Name = "a.txt", Content = Encoding.UTF8.GetBytes(text), Time = time, Telescope = "FTN" };

        var later = await grain.ImportAsync(File("4000 0.30000000000000004 1e-300\n4001 -1.5 2\n", "60002"));
        var first = await grain.ImportAsync(File("4000 1\n", "60001"));

        Assert.Equal((PointFate.New, PointFate.New), (later.Fate, first.Fate));
        Assert.Equal(PointFate.Known, (await grain.ImportAsync(File("4000 1\n", "60001"))).Fate);
        Assert.Equal(PointFate.Revision, (await grain.ImportAsync(File("4000 2\n", "60001") with { DryRun = true })).Fate);
        Assert.Equal(PointFate.Revision, (await grain.ImportAsync(File("4000 3\n", "60001"))).Fate);
        var list = await grain.ListAsync();
        Assert.Equal([1, 1, 2], list.Select(head => head.Length));
        Assert.Equal([1, 1, 0], list.Select(head => head.OtherRevisions));
        Assert.Equal("import/a.txt/0/0", list[2].Provenance!.Location.ToString());
        var spectrum = await grain.GetAsync(later.Head.Id);
        Assert.Equal([0.30000000000000004, -1.5], spectrum.Flux);
        Assert.Equal([1e-300, 2], spectrum.FluxError);
        Assert.Equal(TomFault.NotFound, (await Assert.ThrowsAsync<TomException>(() => grain.GetAsync(999))).Fault);
        Assert.Equal(TomFault.NotFound, (await Assert.ThrowsAsync<TomException>(() => _cluster.Grains.TargetSpectra(999).ImportAsync(File("1 1\n", "60000")))).Fault);
        Assert.Equal(TomFault.Invalid, (await Assert.ThrowsAsync<TomException>(() => grain.ImportAsync(File("x y\n", "60000")))).Fault);
    }

    /// <summary>Three rows for each of so many new targets, and one for a target that does not exist.</summary>
    private async Task<string> ManyTargetsAsync(int count, string prefix = "T ")
    {
        var text = new StringBuilder("target,mjd,band,mag,magsys\n");
        for (var i = 0; i < count; i++)
        {
            await _cluster.AddTargetAsync($"{prefix}{i}");
        }

        for (var row = 0; row < 3 * count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{prefix}{row % count},{60000 + (row / count)}.5,g,18.5,ab\n");
        }

        return text.Append("nobody,60000.5,g,18.5,ab\n").ToString();
    }

    protected abstract Task<TomDatabase> OpenAsync();

    protected virtual void Clean()
    {
    }
}
