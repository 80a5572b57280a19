using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Integration.Tests.Cluster;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Control;

/// <summary>tom config reload: the file counts without a restart, all or nothing, and no message is lost on the way.</summary>
public sealed class ReloadTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Handlers_streams_and_destinations_come_and_go_while_messages_arrive()
    {
        await using var scene = await FaultScene.StartAsync(4, _ => [FaultScene.Hermes]);
        await scene.ProduceAsync(200);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await scene.SettledAsync(client, "hermes");

        await ChangeAsync(scene, options => options["TOPIC_HANDLERS"]![FaultScene.Topic] = JsonSerializer.SerializeToNode(new[] { FaultScene.Hermes, new { HANDLER = "log", ID = "everything" } }));
        await ChangeAsync(scene, root => root["DATA_SHARING"] = JsonNode.Parse("""{ "hermes": { "BASE_URL": "http://127.0.0.1:9/", "HERMES_API_KEY": "sesame" } }"""), ofStream: false);
        var dry = await scene.Console.JsonAsync("config", "reload", "--dry-run");
        Assert.Contains("DATA_SHARING.hermes.BASE_URL", Keys(dry));
        Assert.Empty(dry.GetProperty("applied").EnumerateArray());
        Assert.DoesNotContain("sesame", dry.ToString(), StringComparison.Ordinal);

        var producing = scene.ProduceAsync(400);
        var applied = await scene.Console.JsonAsync("config", "reload");
        await producing;

        Assert.Single(applied.GetProperty("applied").EnumerateArray());
        await scene.SettledAsync(client, "hermes", "everything");
        Assert.Equal("hermes", Assert.Single((await client.StatusAsync()).Destinations).Name);

        // A changed secret is a change, and is not shown.
        await ChangeAsync(scene, root => root["DATA_SHARING"]!["hermes"]!["HERMES_API_KEY"] = "another-sesame", ofStream: false);
        var secret = await scene.Console.JsonAsync("config", "reload");
        Assert.Equal(["DATA_SHARING.hermes.HERMES_API_KEY"], Keys(secret));
        Assert.DoesNotContain("sesame", secret.ToString(), StringComparison.Ordinal);
        Assert.Empty(Keys(await scene.Console.JsonAsync("config", "reload")));

        // And away again; what the handler had done stays in the books.
        await ChangeAsync(scene, options => options["TOPIC_HANDLERS"]![FaultScene.Topic] = JsonSerializer.SerializeToNode(new[] { FaultScene.Hermes }));
        await scene.Console.JsonAsync("config", "reload");
        await scene.ProduceAsync(50);
        await scene.SettledAsync(client, "hermes");
        await client.StatusWhenAsync(seen => FaultScene.StatusOf(seen, "everything") is { State: "stopped: no longer configured", Books.Handled: 600 }, "the removed handler, stopped", Limit);
        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        (await scene.VerifyAsync()).AllHandled("hermes").PointsAreStoredOnce();
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_file_with_faults_or_with_what_counts_only_at_a_start_changes_nothing_and_says_all_of_it()
    {
        await using var scene = await FaultScene.StartAsync(1, _ => [FaultScene.Hermes]);
        await using var silo = await scene.StartSiloAsync();
        var right = await File.ReadAllTextAsync(scene.ConfigFile);

        await ChangeAsync(scene, options => options["TOPIC_HANDLERS"]!["other"] = "nonsense");
        await ChangeAsync(scene, options => options["START_POSITION"] = "2026");
        var (exitCode, _, error) = await scene.Console.RunAsync("config", "reload");
        Assert.Equal(1, exitCode);
        Assert.Contains("TOPIC_HANDLERS.other", error, StringComparison.Ordinal);
        Assert.Contains("START_POSITION", error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(scene.ConfigFile, right);
        await ChangeAsync(scene, options => options["TOPIC_HANDLERS"]!["other"] = "log");
        await ChangeAsync(scene, root => root["TOM_NAME"] = "Another TOM", ofStream: false);
        (exitCode, _, error) = await scene.Console.RunAsync("config", "reload");
        Assert.Equal(1, exitCode);
        Assert.Contains("TOM_NAME: Test TOM became Another TOM; it counts only at a start", error, StringComparison.Ordinal);

        await using var client = await TomClient.ConnectAsync(silo);
        Assert.DoesNotContain((await client.StatusAsync()).Streams.SelectMany(stream => stream.Topics), topic => topic.Name.Topic == "other");

        var doctor = await scene.Console.RunAsync("doctor");
        Assert.Contains("would be refused: TOM_NAME", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silos_that_differ_say_so_and_are_not_made_to_differ()
    {
        await using var scene = await ClusterScene.CreateAsync(server);
        var silos = await Task.WhenAll(
            scene.StartSiloAsync("one"), scene.StartSiloAsync("two", environment: new Dictionary<string, string> { ["ALERT_STREAMS__0__OPTIONS__IGNORE_TEST"] = "false" }));
        await using var one = silos[0];
        await using var two = silos[1];
        await using var client = await TomClient.ConnectAsync(one);
        var status = await client.StatusWhenAsync(seen => seen.Silos.Count(silo => silo.Facts is not null) == 2, "both silos", Limit);
        Assert.Contains("silos differ in configuration", Assert.Single(status.Problems), StringComparison.Ordinal);
        Assert.Equal(2, status.Silos.Select(silo => silo.Facts!.Configuration).Distinct().Count());

        var token = (await File.ReadAllTextAsync(Path.Combine(one.DataFolder, "admin-token"))).Trim();
        var console = new TomConsole(one.Ports, token);
        var doctor = await console.RunAsync("doctor");
        Assert.Contains("ALERT_STREAMS[survey].OPTIONS.IGNORE_TEST", doctor.Output, StringComparison.Ordinal);
        var (exitCode, _, error) = await console.RunAsync("config", "reload");
        Assert.Equal(1, exitCode);
        Assert.Contains("would differ in ALERT_STREAMS[survey].OPTIONS.IGNORE_TEST", error, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Keys(JsonElement report) => report.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("key").GetString());

    private static async Task ChangeAsync(FaultScene scene, Action<JsonNode> change, bool ofStream = true)
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(scene.ConfigFile))!;
        change(ofStream ? configuration["ALERT_STREAMS"]![0]!["OPTIONS"]! : configuration);
        await File.WriteAllTextAsync(scene.ConfigFile, configuration.ToJsonString());
    }
}
