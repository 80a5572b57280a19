using System.Globalization;
using System.Net;
using System.Text;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;
using TomOrleans.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>Files of photometry and spectra through the real silo, the real console and HTTP.</summary>
public sealed class PhotometryFilesTests(PostgreSqlServer server)
{
    private const string Topic = "alerts";
    private const int Rows = 20_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Points_and_spectra_of_a_message_are_written_read_again_and_downloaded(bool isPostgreSql)
    {
        using var scene = await Scene.CreateAsync(Topic, partitions: 1, database: await DatabaseAsync(isPostgreSql));
        await ProduceAsync(scene);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await client.StatusWhenAsync(seen => Scene.BooksOf(seen, Topic, "hermes") is { InFlight: 0, Handled: 1 }, "the message handled", Limit);
        using var folder = new TempFolder();
        var (csv, spectrum) = (folder.File("points.csv"), folder.File("spectrum.csv"));

        await DoneAsync(scene, "photometry", "AT 2026x", "--csv", csv);
        await DoneAsync(scene, "spectra", "AT 2026x", "1", "--csv", spectrum);
        var points = await scene.Console.JsonAsync("photometry", "import", csv, "--target", "AT 2026x");
        var known = await scene.Console.JsonAsync("spectra", "import", spectrum, "--target", "AT 2026x", "--origin", "survey-robot");

        Assert.Equal((1, 1), (points.GetProperty("rows").GetInt32(), points.GetProperty("known").GetInt32()));
        Assert.Equal("known", known.GetProperty("fate").GetString());
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{silo.Ports.Http.ToString(CultureInfo.InvariantCulture)}/") };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("api/photometry?target=AT%202026x", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Token", (await File.ReadAllTextAsync(Path.Combine(scene.DataFolder, "admin-token"), TestContext.Current.CancellationToken)).Trim());
        using var answer = await http.GetAsync(new Uri("api/photometry?target=at-2026X&format=csv", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(csv, TestContext.Current.CancellationToken), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("at-2026x.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("api/photometry?target=nobody", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(new Uri("api/photometry?target=AT%202026x&format=fits", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_cut_off_by_kill_9_is_completed_by_doing_it_again(bool isPostgreSql)
    {
        using var scene = await Scene.CreateAsync(Topic, partitions: 1, database: await DatabaseAsync(isPostgreSql));
        await ProduceAsync(scene);
        using var folder = new TempFolder();
        var file = folder.File("many.csv");
        var text = new StringBuilder("time,filter,magnitude,error,unit\n");
        for (var i = 0; i < Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{60000 + (i * 0.001m)},g,18.5,0.02,AB mag\n");
        }

        await File.WriteAllTextAsync(file, text.ToString(), TestContext.Current.CancellationToken);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await client.StatusWhenAsync(seen => Scene.BooksOf(seen, Topic, "hermes") is { InFlight: 0, Handled: 1 }, "the message handled", Limit);
            var import = Guid.NewGuid();
            await client.AsAdmin(async grains =>
            {
                await grains.PhotometryImport(import).UploadAsync(0, Encoding.UTF8.GetBytes(text.ToString()));
                await grains.PhotometryImport(import).StartAsync(new PhotometryImportRequest { FileName = "many.csv", Target = "AT 2026x" });
                return true;
            });
            while ((await client.AsAdmin(grains => grains.PhotometryImport(import).GetStatusAsync())) is { HasEnded: false, Judged: 0 })
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            await silo.KillAsync();
        }

        await using var next = await scene.StartSiloAsync();
        var again = await scene.Console.JsonAsync("photometry", "import", file, "--target", "AT 2026x");

        Assert.Equal("done", again.GetProperty("state").GetString());
        Assert.Equal(Rows, again.GetProperty("stored").GetInt32() + again.GetProperty("known").GetInt32());
        await using var other = await TomClient.ConnectAsync(next);
        Assert.Equal(Rows + 1, (await other.StatusAsync()).Points);
        if (!isPostgreSql)
        {
            Assert.Equal(((long)Rows + 1, (long)Rows + 1), await Scene.CountPhotometryAsync(scene.DataFolder));
        }
    }

    private async Task<string?> DatabaseAsync(bool isPostgreSql)
    {
        if (!isPostgreSql)
        {
            return null;
        }

        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        return await server.CreateDatabaseAsync();
    }

    private static async Task DoneAsync(Scene scene, params string[] arguments)
    {
        var (exitCode, _, error) = await scene.Console.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
    }

    private static async Task ProduceAsync(Scene scene)
    {
        const string Message = """
            {"title": "t", "topic": "alerts", "submitter": "somebody", "data": {"targets": [{"name": "AT 2026x", "ra": 10.5, "dec": -20.25}],
             "photometry": [{"target_name": "AT 2026x", "date_obs": "2026-07-01T03:04:05Z", "telescope": "=FTN", "instrument": "MuSCAT3", "bandpass": "g", "brightness": 18.5, "brightness_error": 0.02, "comments": "clouds", "observer": "N. N."}],
             "spectroscopy": [{"target_name": "AT 2026x", "date_obs": "2026-07-01T04:04:05Z", "telescope": "FTN", "instrument": "FLOYDS", "flux": [0.5, 0.30000000000000004], "wavelength": [400, 401], "flux_units": "mJy"}]}}
            """;
        using var producer = new StreamProducer(new Dictionary<string, string> { ["bootstrap.servers"] = scene.Kafka.BootstrapServers });
        await producer.PublishAsync(Topic, new OutgoingRecord { Value = Encoding.UTF8.GetBytes(Message), Headers = TestMessages.HopHeaders(Guid.NewGuid(), "survey-robot") });
    }

    private sealed class TempFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("tom-files-").FullName;

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
