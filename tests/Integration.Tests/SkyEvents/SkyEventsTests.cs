using System.Globalization;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.MainJob;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.SkyEvents;
using TomOrleans.Testing;

namespace TomOrleans.Integration.Tests.SkyEvents;

/// <summary>Circulars and notices through the real silo: events with versions, once each, linked with targets.</summary>
public sealed class SkyEventsTests
{
    private const string Circular = """{"circularId": 40001, "subject": "GRB 260102A: nothing at NGC 4993", "createdOn": 1767312000000, "submitter": "A. Body <a@example.org>", "body": "BODY"}""";

    private const string Notice = """
        {"$schema": "https://gcn.nasa.gov/schema/main/gcn/notices/own/burst.schema.json", "id": ["1234"], "event_name": "GRB 260102A", "alert_type": "TYPE", "alert_tense": "current",
         "trigger_time": "2026-01-02T00:00:00.25Z", "ra": RA, "dec": -30.25, "ra_dec_error": 0.05}
        """;

    private const string Mock = """{"superevent_id": "MS260102a", "alert_type": "PRELIMINARY", "event": null}""";

    [Fact, Trait("Category", "Long")]
    public async Task Events_are_kept_once_with_their_versions_and_linked_with_targets()
    {
        using var scene = await SkyScene.CreateAsync();
        await using (var silo = await scene.Scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);

            // Target "NGC 4993" at 30.5 -30.25.
            await scene.ProduceAsync(SkyScene.Circulars, TestMessages.Hermes("NGC 4993", 30, DateTimeOffset.UtcNow, 17.5));
            await scene.ProduceAsync(SkyScene.Circulars, Circular);
            var mended = Circular.Replace("BODY", "BODY\\n<b>mended</b>", StringComparison.Ordinal);
            var edited = await scene.ProduceAsync(SkyScene.Circulars, mended);
            await scene.ProduceAsync(SkyScene.Circulars, mended.Replace("\"circularId\"", "\"bibcode\": \"2026GCN.40001....1B\", \"circularId\"", StringComparison.Ordinal));
            await scene.ProduceAsync(SkyScene.Circulars, """{"circularId": 40002, "subject": "no body"}""");
            await scene.ProduceAsync(SkyScene.Notices, NoticeOf("initial", "30.51"));
            await scene.ProduceAsync(SkyScene.Notices, NoticeOf("initial", "30.51"));
            await scene.ProduceAsync(SkyScene.Notices, NoticeOf("retraction", "null"));
            await scene.ProduceAsync(SkyScene.Notices, Mock);
            var (circulars, notices) = await scene.SettledAsync(client);
            Assert.Equal((2, 2, 1), (circulars.Handled, circulars.Ignored, circulars.Parked));
            Assert.Equal((2, 2, 0), (notices.Handled, notices.Ignored, notices.Parked));
            await CheckAsync(client);
            await CheckConsoleAsync(scene.Scene.Console, edited);

            // Read once more from the beginning: all of it is there already, and the first message of each version is told from repeats by its place.
            foreach (var (topic, handler) in new[] { (SkyScene.Circulars, "gcn-circular"), (SkyScene.Notices, "gcn-notice") })
            {
                await client.AsAdmin(async grains =>
                {
                    await grains.Topic(new(Scene.Stream, topic)).SeekAsync(new(handler, SeekTo.Earliest));
                    return true;
                });
            }

            (circulars, notices) = await scene.SettledAsync(client, again: 1);
            Assert.Equal((4, 4, 2), (circulars.Handled, circulars.Ignored, circulars.Parked));
            Assert.Equal((4, 4, 0), (notices.Handled, notices.Ignored, notices.Parked));
            await CheckAsync(client);
            await silo.KillAsync();
        }

        // After a kill all of it is still there, and a mock event is kept and marked where tests are asked for.
        await scene.ConfigureAsync(ignoreTest: false);
        await using var later = await scene.Scene.StartSiloAsync();
        await using var again = await TomClient.ConnectAsync(later);
        await CheckAsync(again);
        await scene.ProduceAsync(SkyScene.Notices, "{broken");
        await scene.ProduceAsync(SkyScene.Notices, Mock);
        await again.StatusWhenAsync(seen => Scene.BooksOf(seen, SkyScene.Notices, "gcn-notice") is { Parked: 1, Handled: 5 }, "the broken notice parked and the mock event kept", TimeSpan.FromMinutes(1));
        Assert.True((await SkyScene.GetAsync(again, "LVK-MS260102a")).Event.IsTest);
    }

    [Fact]
    public async Task Every_circular_and_notice_of_others_is_kept_as_another_reader_understood_it()
    {
        var data = SharedData.Find(".");
        Assert.SkipUnless(data.Path is not null, data.Reason ?? "");
        using var scene = await SkyScene.CreateAsync();
        var parked = new List<string>();
        var files = new Dictionary<long, string>();
        foreach (var file in Files(data.Path!, "gcn/circulars"))
        {
            await scene.ProduceAsync(SkyScene.Circulars, await File.ReadAllBytesAsync(file));
        }

        foreach (var file in Files(data.Path!, "gcn/voevent", "gcn/classic-text", "gcn/json", "igwn", "igwn/gracedb-internal"))
        {
            files[await scene.ProduceAsync(SkyScene.Notices, await File.ReadAllBytesAsync(file))] = Path.GetFileName(file);
        }

        await using var silo = await scene.Scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        var (circulars, notices) = await scene.SettledAsync(client);
        var found = (await SkyScene.ListAsync(client)).Events.ToDictionary(sky => sky.Id);

        // Circulars: all but the one that two files have.
        Assert.Equal((0, 0), (circulars.Parked, notices.InFlight));
        Assert.Equal(circulars.Handled, found.Values.Where(sky => sky.Kind == SkyEventKind.Circular).Sum(sky => sky.Versions));
        var mojibake = await SkyScene.GetAsync(client, "32814");
        Assert.Equal("GCN-32814", mojibake.Event.Id);
        Assert.Contains('\uFFFD', mojibake.Text);

        // Notices: what cannot be read is what nobody could: parts of schemas, and alerts of another format.
        foreach (var message in (await client.AsAdmin(grains => grains.Parked().ListAsync(new ParkedQuery { Handler = "gcn-notice" }))).Messages)
        {
            parked.Add(files[message.Location.Offset]);
            Assert.StartsWith("no notice", message.Reason, StringComparison.Ordinal);
        }

        Assert.All(parked, file => Assert.True(
            file.StartsWith("core.", StringComparison.Ordinal) || file.StartsWith("igwn_alert_", StringComparison.Ordinal) || file == "gcn.heartbeat.json", file));
        Assert.Equal(notices.Handled, found.Values.Where(sky => sky.Kind == SkyEventKind.Notice).Sum(sky => sky.Versions));
        await CheckVoEventsAsync(client, data.Path!);

        var wave = await SkyScene.GetAsync(client, "S230518h");
        Assert.Equal(("LVK-S230518h", SkyEventType.Retraction, 3, null), (wave.Event.Id, wave.Event.Type, wave.Event.Versions, wave.Event.Position));
        var swift = await SkyScene.GetAsync(client, "SWIFT-1156572");
        Assert.Equal(2, swift.Event.Versions);
        Assert.All(found.Values, sky => Assert.False(sky.Position is { RightAscensionDegrees: 0, DeclinationDegrees: 0 }));
        Assert.DoesNotContain("LVK-MS260605l", found.Keys);
        Assert.Equal("GRB 230220A", Assert.Single(found["MAXI-9995289617"].Names));
    }

    /// <summary>The table names each file's ivorn, role, trigger and position as another program read them.</summary>
    private static async Task CheckVoEventsAsync(TomClient client, string folder)
    {
        // Some files have the ivorn of another one, whose numbers somebody changed for a test.
        var kept = new List<(SkyEventVersion Version, string Event)>();
        foreach (var sky in (await SkyScene.ListAsync(client)).Events.Where(sky => sky.Kind == SkyEventKind.Notice))
        {
            kept.AddRange((await SkyScene.GetAsync(client, sky.Id)).Versions.Select(version => (version, sky.Id)));
        }

        var byIvorn = kept.Where(found => found.Version.Ivorn is not null).ToLookup(found => found.Version.Ivorn!, StringComparer.Ordinal);
        var rows = (await File.ReadAllLinesAsync(Path.Combine(folder, "gcn/voevent/EXPECTED.csv"))).Skip(1).Select(row => row.Split(',')).ToList();
        Assert.All(rows, cells =>
        {
            var (role, ivorn, trigger) = (cells[3], cells[4], cells[12]);
            if (role is "test" or "utility")
            {
                Assert.Empty(byIvorn[ivorn]);
                return;
            }

            // The other reader took the telescope's place for these.
            var isPlaceTold = !cells[0].Contains("Antares", StringComparison.Ordinal);
            (double, double)? place = cells[8] is "" || (Number(cells[8]), Number(cells[9])) == (0, 0) ? null : (Number(cells[8]), Number(cells[9]));
            Assert.Contains(byIvorn[ivorn], found =>
                (trigger is "" or "0" or "-1" || found.Event.EndsWith($"-{trigger}", StringComparison.Ordinal))
                && (!isPlaceTold || place == (found.Version.Position is { } at ? (at.RightAscensionDegrees, at.DeclinationDegrees) : default((double, double)?))));
        });
    }

    private static async Task CheckAsync(TomClient client)
    {
        var page = await SkyScene.ListAsync(client);
        Assert.Equal(["GCN-40001", "OWN-1234"], page.Events.Select(sky => sky.Id).Order(StringComparer.Ordinal));

        var circular = await SkyScene.GetAsync(client, "gcn 40001");
        Assert.Equal((2, 2, "BODY\n<b>mended</b>"), (circular.Event.Versions, circular.Version.Number, circular.Text));
        Assert.Equal("BODY", (await SkyScene.GetAsync(client, "40001", 1)).Text);
        Assert.Equal(("NGC 4993", "NGC 4993"), (Assert.Single(circular.Targets).Target, circular.Targets[0].Name));
        Assert.Equal("OWN-1234", Assert.Single(circular.Related).Id);

        // Of the same name are the notices' event and the circular: the event is meant.
        var notice = await SkyScene.GetAsync(client, "grb260102a");
        Assert.Equal(("OWN-1234", SkyEventType.Retraction, 2), (notice.Event.Id, notice.Event.Type, notice.Event.Versions));
        Assert.Equal((30.51, -30.25, 0.05), (notice.Event.Position!.RightAscensionDegrees, notice.Event.Position.DeclinationDegrees, notice.Event.Position.ErrorDegrees));
        var near = Assert.Single(notice.Targets);
        Assert.Equal(("NGC 4993", null), (near.Target, near.Name));
        Assert.Equal(0.01 * Math.Cos(double.DegreesToRadians(30.25)), near.SeparationDegrees!.Value, 5);

        var target = await client.AsAdmin(grains => grains.TargetDirectory().FindAsync("NGC 4993"));
        var events = await client.AsAdmin(grains => grains.SkyEvents().OfTargetAsync(target.Id));
        Assert.Equal([("GCN-40001", true, false), ("OWN-1234", false, true)],
            events.OrderBy(link => link.Event.Id, StringComparer.Ordinal).Select(link => (link.Event.Id, link.Name is not null, link.SeparationDegrees is not null)));
        Assert.Equal(["GCN-40001", "OWN-1234"], (await SkyScene.ListAsync(client, new() { Target = "ngc4993" })).Events.Select(sky => sky.Id).Order(StringComparer.Ordinal));
        Assert.Equal("OWN-1234", Assert.Single((await SkyScene.ListAsync(client, new() { Target = "ngc4993", Kind = SkyEventKind.Notice })).Events).Id);
        var refusal = await Assert.ThrowsAsync<TomException>(() => SkyScene.ListAsync(client, new() { Target = "nobody" }));
        Assert.Equal(TomFault.NotFound, refusal.Fault);
        refusal = await Assert.ThrowsAsync<TomException>(() => SkyScene.GetAsync(client, "GRB 990101Z"));
        Assert.Equal(TomFault.NotFound, refusal.Fault);
        refusal = await Assert.ThrowsAsync<TomException>(() => SkyScene.GetAsync(client, "OWN-1234", 3));
        Assert.Contains("it has 2", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task CheckConsoleAsync(TomConsole console, long edited)
    {
        var (exitCode, list, _) = await console.RunAsync("events", "--text", "mended");
        Assert.Equal(0, exitCode);
        Assert.Contains("GCN-40001", list, StringComparison.Ordinal);
        Assert.DoesNotContain("OWN-1234", list, StringComparison.Ordinal);
        (exitCode, var shown, _) = await console.RunAsync("event", "GRB 260102A", "--version", "1");
        Assert.Equal(0, exitCode);
        Assert.Contains("*1", shown, StringComparison.Ordinal);
        Assert.Contains("\"ra_dec_error\": 0.05", shown, StringComparison.Ordinal);
        (_, shown, _) = await console.RunAsync("target", "NGC 4993");
        Assert.Contains("GCN-40001  GRB 260102A: nothing at NGC 4993  (named NGC 4993)", shown, StringComparison.Ordinal);

        var message = await console.JsonAsync("message", $"{Scene.Stream}/{SkyScene.Circulars}/0/{edited.ToString(CultureInfo.InvariantCulture)}");
        Assert.Equal("GCN-40001 2", Assert.Single(message.GetProperty("events").EnumerateArray().Select(caused => $"{caused.GetProperty("event").GetString()} {caused.GetProperty("version").GetInt32()}")));
        Assert.Equal("40001: GRB 260102A: nothing at NGC 4993", message.GetProperty("message").GetProperty("title").GetString());
    }

    private static string NoticeOf(string type, string ra) => Notice.Replace("TYPE", type, StringComparison.Ordinal).Replace("RA", ra, StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder, params string[] below) => below
        .SelectMany(path => Directory.EnumerateFiles(Path.Combine(folder, path)).Order(StringComparer.Ordinal))
        .Where(file => !file.EndsWith(".csv", StringComparison.Ordinal));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
