using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>The sample handler of somebody's own, in a real silo.</summary>
public sealed class PluginTests
{
    private const string Topic = "alerts";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_of_a_plug_in_or_of_an_own_host_gets_alerts_and_options_and_has_its_books_and_parked_messages(bool isOwnHost)
    {
        using var scene = await Scene.CreateAsync(
            Topic, partitions: 1, handlers: new object[] { "log", new { HANDLER = "bright", BRIGHTER_THAN = 16.5 } }, plugins: isOwnHost ? [] : [Programs.Sample("BrightAlerts")]);
        using (var producer = new StreamProducer(new Dictionary<string, string> { ["bootstrap.servers"] = scene.Kafka.BootstrapServers }))
        {
            for (var i = 0; i < 20; i++)
            {
                var magnitude = 15 + (i / 10.0);
                await producer.PublishAsync(Topic, new OutgoingRecord { Value = TestMessages.Hermes("AT 2026x", 1, DateTimeOffset.UnixEpoch.AddDays(20_000 + i), magnitude) });
            }

            await producer.PublishAsync(Topic, new OutgoingRecord { Value = Encoding.UTF8.GetBytes("{\"title\": \"cut off") });
        }

        await using var silo = await scene.StartSiloAsync(isOwnHost ? Programs.Sample("OwnHost") : null);
        await using var client = await TomClient.ConnectAsync(silo);
        var status = await client.StatusWhenAsync(seen => Scene.BooksOf(seen, Topic, "bright") is { InFlight: 0, Consumed: 21 }, "all judged by the plug-in", Limit);

        var books = Scene.BooksOf(status, Topic, "bright")!;
        Assert.Equal((15L, 5L, 1L), (books.Handled, books.Ignored, books.Parked));
        var parked = await client.AsAdmin(grains => grains.Parked().ListAsync(new ParkedQuery { Handler = "bright" }));
        Assert.Equal(20, Assert.Single(parked.Messages).Location.Offset);
        Assert.Equal(15, silo.Output.Split("AT 2026x is at").Length - 1);
    }

    [Fact]
    public async Task A_bad_plug_in_is_refused_at_start_by_name()
    {
        using var scene = await Scene.CreateAsync(Topic, partitions: 1, handlers: "log", plugins: ["absent.dll", Programs.Client]);
        var (exitCode, _, error) = await SiloProcess.RunAsync(["--config", scene.ConfigFile, "--data", scene.DataFolder]);
        Assert.Equal(1, exitCode);
        var faults = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, faults.Length);
        Assert.Contains("PLUGINS[0]", faults[0], StringComparison.Ordinal);
        Assert.Contains("absent.dll: no such file", faults[0], StringComparison.Ordinal);
        Assert.Contains("TomOrleans.Client.dll: holds no handler", faults[1], StringComparison.Ordinal);
    }
}
