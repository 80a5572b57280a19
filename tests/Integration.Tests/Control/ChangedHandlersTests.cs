using System.Text.Json.Nodes;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Control;

/// <summary>Handlers that the configuration gains and loses between two runs of the silo.</summary>
public sealed class ChangedHandlersTests
{
    private const int Partitions = 4;

    [Fact]
    public async Task A_new_handler_starts_at_START_POSITION_and_one_that_comes_back_where_it_stood()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, _ => [FaultScene.Hermes]);
        await scene.ProduceAsync(200);
        await RunAsync(scene, client => scene.SettledAsync(client, "hermes"));

        await ConfigureAsync(scene, "latest", FaultScene.Hermes, new { HANDLER = "log", ID = "from-now-on" });
        await scene.ProduceAsync(100);
        await RunAsync(scene, async client =>
        {
            await scene.SettledAsync(client, "hermes");

            // It was made while the silo was away: its end is now, beyond the second hundred.
            Assert.Equal(0, FaultScene.StatusOf(await client.StatusAsync(), "from-now-on")!.Books.Consumed);
            await scene.ProduceAsync(50);
            await FaultScene.SettledAsync(client, "from-now-on", 50);
        });

        await ConfigureAsync(scene, "earliest", new { HANDLER = "log", ID = "from-now-on" }, new { HANDLER = "log", ID = "from-the-start" });
        await scene.ProduceAsync(25);
        await RunAsync(scene, async client =>
        {
            await FaultScene.SettledAsync(client, "from-now-on", 75);
            await FaultScene.SettledAsync(client, "from-the-start", 375);
            var gone = FaultScene.StatusOf(await client.StatusAsync(), "hermes")!;
            Assert.Equal(("stopped: no longer configured", 350), (gone.State, gone.Books.Handled));
        });

        await ConfigureAsync(scene, "latest", FaultScene.Hermes);
        await RunAsync(scene, client => scene.SettledAsync(client, "hermes"));
        (await scene.VerifyAsync()).AllHandled("hermes", "from-the-start").PointsAreStoredOnce();
    }

    private static async Task RunAsync(FaultScene scene, Func<TomClient, Task> work)
    {
        await using var silo = await scene.StartSiloAsync();
        await using (var client = await TomClient.ConnectAsync(silo))
        {
            await work(client);
        }

        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task ConfigureAsync(FaultScene scene, string start, params object[] handlers)
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(scene.ConfigFile))!;
        var options = configuration["ALERT_STREAMS"]![0]!["OPTIONS"]!;
        options["START_POSITION"] = start;
        options["TOPIC_HANDLERS"]![FaultScene.Topic] = System.Text.Json.JsonSerializer.SerializeToNode(handlers);
        await File.WriteAllTextAsync(scene.ConfigFile, configuration.ToJsonString());
    }
}
