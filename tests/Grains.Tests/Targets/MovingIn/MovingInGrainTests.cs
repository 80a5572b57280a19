using System.Text;
using TomOrleans.Grains.Tests.Targets.Import;
using TomOrleans.Storage;
using TomOrleans.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Grains.Tests.Targets.MovingIn;

public sealed class SqliteMovingInGrainTests : MovingInGrainTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tom-moving-").FullName;

    protected override Task<TomDatabase> OpenAsync() => Task.FromResult(TomDatabase.OpenSqlite(_folder));

    protected override void Clean() => Directory.Delete(_folder, recursive: true);
}

public sealed class PostgreSqlMovingInGrainTests(PostgreSqlServer server) : MovingInGrainTests
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

/// <summary>What another TOM's answers become here, through a real silo.</summary>
public abstract class MovingInGrainTests : IAsyncLifetime
{
    private const string Site = "https://tom.example.org/";
    private const string Sn = """
        {"id": 7, "name": "SN 2026a", "type": "SIDEREAL", "ra": 0, "dec": -3.5, "epoch": 2000.0, "pm_ra": null, "permissions": "NEW WORD", "scheme": "", "galactic_lng": 1.0,
         "aliases": [{"id": 1, "name": "ZTF26a"}, {"id": 2, "name": "sn-2026-A"}], "targetextra_set": [{"id": 3, "key": "host", "value": "NGC 1"}, {"id": 4, "key": "", "value": "x"}], "groups": []}
        """;

    private TomDatabase _database = null!;
    private ImportCluster _cluster = null!;

    private IMovingInGrain Grain => _cluster.Grains.MovingIn(Site);

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
    public async Task A_target_is_made_once_with_all_that_the_site_tells_of_it()
    {
        var planned = await TakeAsync(Sn, dryRun: true);
        Assert.Equal((MovedFate.Made, null), (planned.Fate, planned.Id));
        Assert.Equal(0, (await _cluster.Grains.TargetDirectory().ListAsync(new())).Total);

        var made = await TakeAsync(Sn);
        var again = await TakeAsync(Sn);

        Assert.Equal((MovedFate.Made, 7, "SN 2026a"), (made.Fate, made.RemoteId, made.Name));
        Assert.Equal((MovedFate.Found, made.Id), (again.Fate, again.Id));
        Assert.Empty(again.Notes);
        var target = await _cluster.Grains.Target(made.Id!.Value).GetAsync();
        Assert.Equal((0, -3.5, 2000), (target.RightAscensionDegrees, target.DeclinationDegrees, target.Astrometry!.Epoch));
        Assert.Equal(["ZTF26a"], target.Aliases);
        Assert.Equal(["host=NGC 1"], target.Extras.Select(extra => $"{extra.Key}={extra.Value}"));
    }

    [Fact]
    public async Task A_target_that_is_here_is_completed_and_what_it_has_stays()
    {
        var here = await _cluster.Grains.TargetDirectory().AddAsync(new() { Name = "ZTF26a", RightAscensionDegrees = 0.01, DeclinationDegrees = -3.5, Extras = [new("host", "another")] });
        var other = await _cluster.Grains.TargetDirectory().AddAsync(new() { Name = "AT 2026b", RightAscensionDegrees = 1, DeclinationDegrees = 1 });

        var found = await TakeAsync("""
            {"id": 7, "name": "SN 2026a", "type": "SIDEREAL", "ra": 0, "dec": -3.5, "parallax": 2.5, "aliases": [{"name": "ZTF26a"}],
             "targetextra_set": [{"key": "host", "value": "NGC 1"}, {"key": "kind", "value": "Ia"}], "target_lists": [{"name": "Follow up"}]}
            """);

        Assert.Equal((MovedFate.Found, here.Id), (found.Fate, found.Id));
        Assert.Contains("35.9 arcsec", Assert.Single(found.Notes), StringComparison.Ordinal);
        var target = await _cluster.Grains.Target(here.Id).GetAsync();
        Assert.Equal((0.01, 2.5), (target.RightAscensionDegrees, target.Astrometry!.Parallax));
        Assert.Equal(["SN 2026a"], target.Aliases);
        Assert.Equal(["host=another", "kind=Ia"], target.Extras.Select(extra => $"{extra.Key}={extra.Value}"));
        Assert.Equal("Follow up", Assert.Single(target.Lists).Name);

        var taken = await TakeAsync("""{"id": 8, "name": "SN 2026a", "type": "SIDEREAL", "ra": 0.01, "dec": -3.5, "aliases": [{"name": "at2026B"}]}""");
        Assert.Equal(here.Id, taken.Id);
        Assert.Contains("at2026B is that of AT 2026b", Assert.Single(taken.Notes), StringComparison.Ordinal);
        Assert.Empty((await _cluster.Grains.Target(other.Id).GetAsync()).Aliases);
    }

    [Fact]
    public async Task What_can_be_no_target_is_refused_with_the_reason()
    {
        await _cluster.AddTargetAsync("A");
        await _cluster.AddTargetAsync("B");
        (string Json, string Reason)[] cases =
        [
            ("""{"id": 9, "name": "New", "type": "SIDEREAL", "ra": 1, "dec": 1, "aliases": [{"name": "A"}, {"name": "B"}]}""", "several targets here: A to A, B to B"),
            ("""{"id": 9, "name": "New", "type": "SIDEREAL", "ra": null, "dec": null}""", "['ra', 'dec']"),
            ("""{"id": 9, "name": "New", "type": "SIDEREAL", "ra": 1, "dec": 91}""", "dec"),
            ("""{"id": 9, "name": " - ", "type": "SIDEREAL", "ra": 1, "dec": 1}""", "no name"),
            ("""{"id": 9, "name": "New", "type": "GALAXY", "ra": 1, "dec": 1}""", "GALAXY"),
            ("""{"id": 9, "name": "New", "name": "Other", "type": "SIDEREAL", "ra": 1, "dec": 1}""", "cannot be read"),
            ("""["no", "target"]""", "cannot be read"),
        ];
        foreach (var (json, reason) in cases)
        {
            var refused = await TakeAsync(json);
            Assert.Equal((MovedFate.Refused, null), (refused.Fate, refused.Id));
            Assert.Contains(reason, Assert.Single(refused.Notes), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await _cluster.Grains.TargetDirectory().ListAsync(new())).Total);
    }

    [Fact]
    public async Task Data_with_the_keys_of_both_versions_are_stored_once_and_bad_ones_harm_no_other()
    {
        var target = await _cluster.AddTargetAsync("SN 2026a");
        const string data = """
            [{"data_type": "photometry", "source_name": "", "timestamp": "2026-01-01T00:00:00Z", "value": {"magnitude": "17.1", "error": 0.1, "filter": "g"}, "target": 7},
             {"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-01-02T00:00:00Z", "value": {"brightness": 17.2, "brightness_error": null, "bandpass": "r", "unit": "AB mag", "telescope": "1m0a"}, "target": 7},
             {"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-01-03T00:00:00Z", "value": {"limit": 20.5, "filter": "r"}, "target": 7},
             {"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-01-04T00:00:00Z", "value": {"brightness": null, "bandpass": "r"}, "target": 7},
             {"data_type": "photometry", "source_name": "LCO", "value": {"magnitude": 18, "filter": "r"}, "target": 7},
             {"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-01-05T00:00:00Z", "value": {"magnitude": 18, "magnitude": 19, "filter": "r"}, "target": 7},
             {"data_type": "spectroscopy", "source_name": "", "timestamp": "2026-01-06T00:00:00Z", "value": {"wavelength": [4000, 4001], "flux": [1, 2], "flux_error": [0.1, 0.2]}, "target": 7},
             {"data_type": "spectroscopy", "source_name": "", "timestamp": "2026-01-07T00:00:00Z", "value": {"0": {"wavelength": 4000, "flux": 1}, "1": {"wavelength": 4001, "flux": 3}}, "target": 7},
             {"data_type": "spectroscopy", "source_name": "", "timestamp": "2026-01-08T00:00:00Z", "value": {"wavelength": [-1], "flux": [1]}, "target": 7},
             {"data_type": "image_file", "source_name": "", "timestamp": "2026-01-08T00:00:00Z", "value": {"image": "x.png"}, "target": 7},
             "nonsense"]
            """;

        var planned = await Grain.TakeDataAsync(Page(data, target, dryRun: true));
        Assert.Empty(await _cluster.Grains.Target(target).GetPhotometryAsync());
        var taken = await Grain.TakeDataAsync(Page(data, target));
        var again = await Grain.TakeDataAsync(Page(data, target));

        Assert.Equal((new MovedCounts(3, 0, 0, 0, 4), 1), (planned.Points, planned.Others));
        Assert.Equal((new MovedCounts(3, 0, 0, 0, 4), new MovedCounts(2, 0, 0, 0, 1), 1), (taken.Points, taken.Spectra, taken.Others));
        Assert.Equal((new MovedCounts(0, 0, 0, 3, 4), new MovedCounts(0, 0, 0, 2, 1)), (again.Points, again.Spectra));
        Assert.Equal(5, taken.Notes.Length);
        Assert.Contains(taken.Notes, note => note.Contains("Toolkit 3", StringComparison.Ordinal) && note.StartsWith("photometry of 2026-01-04", StringComparison.Ordinal));
        var points = await _cluster.Grains.Target(target).GetPhotometryAsync();
        Assert.Equal([(17.1, "the site"), (17.2, "LCO"), (null, "LCO")], points.Select(point => (point.Brightness, point.Origin)));
        Assert.Equal("import-tom/tom.example.org/0/7", points[0].Provenance!.Location.ToString());
        Assert.Equal(2, (await _cluster.Grains.TargetSpectra(target).ListAsync()).Length);
    }

    [Fact]
    public async Task A_datum_that_storage_cannot_keep_is_refused_alone()
    {
        var target = await _cluster.AddTargetAsync("SN 2026a");
        var wide = new string('x', 5_000);
        var data = string.Join(',', Enumerable.Range(1, 9).Select(day => $$"""
            {"data_type": "photometry", "source_name": "{{(day == 4 ? wide : "LCO")}}", "timestamp": "2026-01-0{{day}}T00:00:00Z", "value": {"magnitude": 17.1, "filter": "g"}, "target": 7}
            """));

        var taken = await Grain.TakeDataAsync(Page($"[{data}]", target));

        Assert.Equal(new MovedCounts(8, 0, 0, 0, 1), taken.Points);
        Assert.Contains("2026-01-04", Assert.Single(taken.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_takeover_goes_on_where_it_was_cut_off_and_begins_anew_when_it_has_ended()
    {
        var began = await Grain.BeginAsync(anew: false);
        await Grain.EndTargetAsync(new() { RemoteId = 7, Name = "SN 2026a", Fate = MovedFate.Made, Points = new(1, 2, 3, 4, 5), Notes = ["a note"] });
        await _cluster.KillAsync();

        var cut = await Grain.BeginAsync(anew: false);
        Assert.Equal((began.StartedMicroseconds, began.StartedBy), (cut.StartedMicroseconds, cut.StartedBy));
        var done = Assert.Single(cut.Done);
        Assert.Equal((7, "SN 2026a", MovedFate.Made, new MovedCounts(1, 2, 3, 4, 5), "a note"), (done.RemoteId, done.Name, done.Fate, done.Points, Assert.Single(done.Notes)));
        Assert.Empty((await _cluster.Grains.MovingIn("https://another.example.org/").BeginAsync(anew: false)).Done);
        Assert.Empty((await Grain.BeginAsync(anew: true)).Done);

        await Grain.EndTargetAsync(done);
        await Grain.EndAsync();
        Assert.Empty((await Grain.BeginAsync(anew: false)).Done);
    }

    protected abstract Task<TomDatabase> OpenAsync();

    protected virtual void Clean()
    {
    }

    private Task<MovedTarget> TakeAsync(string json, bool dryRun = false) => Grain.TakeTargetAsync(new(Encoding.UTF8.GetBytes(json), IgnoresLog: false, dryRun));

    private static ToolkitDataPage Page(string json, long target, bool dryRun = false) =>
        new() { RemoteTarget = 7, Target = target, Json = Encoding.UTF8.GetBytes(json), Origin = "the site", DryRun = dryRun };
}
