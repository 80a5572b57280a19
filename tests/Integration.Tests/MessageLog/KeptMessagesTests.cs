using System.Text.Json;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.MessageLog;

/// <summary>What is read is kept before anybody handles it, and shown with what became of it.</summary>
public sealed class KeptMessagesTests
{
    [Fact, Trait("Category", "Long")]
    public async Task A_silo_killed_twice_in_mid_stream_keeps_every_message_once_and_handles_all()
    {
        await using var scene = await FaultScene.StartAsync(16, scene => [LogScene.Archive, FaultScene.Hermes, scene.Recorder]);
        var settled = 0L;
        for (var kill = 1; kill <= 2; kill++)
        {
            await using var silo = await scene.StartSiloAsync();
            await using var client = await TomClient.ConnectAsync(silo);
            var production = scene.ProduceAsync(6_000);
            settled = await FaultScene.SettledAsync(client, "archive", settled + 500);
            await silo.KillAsync();
            await production;
            Assert.True(settled < scene.Ledger.Count, $"kill {kill} came too late to be in mid-stream");
        }

        await scene.RunAsync(client => scene.SettledAsync(client, "hermes", "recorder", "archive"));
        (await scene.VerifyAsync()).AllHandled("hermes", "recorder", "archive").PointsAreStoredOnce().OfferedInOrder(scene.Journal);
        await scene.AllKeptOnceAsync();
    }

    [Fact]
    public async Task What_a_handler_never_answered_about_is_kept_and_offered_again_after_a_kill()
    {
        await using var scene = await FaultScene.StartAsync(1, scene => [LogScene.Archive, new { HANDLER = "hang", JOURNAL = scene.Journal, UNTIL = scene.FileNamed("never") }]);
        await scene.ProduceAsync(50);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "archive");
            Assert.Equal(0, FaultScene.StatusOf(await client.StatusAsync(), "hang")!.Books.Handled);
            await silo.KillAsync();
        }

        await scene.AllKeptOnceAsync();
        await scene.ConfigureAsync(LogScene.Archive, new { HANDLER = "log", ID = "hang" });
        await scene.RunAsync(client => scene.SettledAsync(client, "archive", "hang"));
        (await scene.VerifyAsync()).AllHandled("archive", "hang");
        await scene.AllKeptOnceAsync();
    }

    [Fact]
    public async Task A_message_is_shown_with_its_fates_and_its_points()
    {
        await using var scene = await FaultScene.StartAsync(1, scene => [LogScene.Archive, FaultScene.Hermes, "log"]);
        await scene.ProduceAsync(30, poisonEvery: 30);
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "hermes", "log", "archive");
            var list = (await scene.Console.JsonAsync("messages", "--topic", FaultScene.Topic, "--limit", "10")).GetProperty("messages");
            Assert.Equal(Enumerable.Range(20, 10), list.EnumerateArray().Select(message => message.GetProperty("offset").GetInt32()));

            var good = scene.Ledger.All.First(message => message.Point is not null);
            var detail = await scene.Console.JsonAsync("message", good.Id.ToString());
            Assert.Equal($"survey/{FaultScene.Topic}/0/{good.Offset}", detail.GetProperty("message").GetProperty("id").GetString());
            Assert.Equal(["archive done", "hermes done", "log done"], Fates(detail));
            Assert.Equal(good.Key, Assert.Single(detail.GetProperty("points").EnumerateArray()).GetProperty("target").GetString());
            Assert.Equal(good.Key, detail.GetProperty("key").GetString());
            Assert.Contains("\"photometry\"", detail.GetProperty("text").GetString(), StringComparison.Ordinal);

            var bad = Assert.Single(scene.Ledger.Poisoned);
            detail = await scene.Console.JsonAsync("message", $"survey/{FaultScene.Topic}/0/{bad.Offset}");
            Assert.Equal(["archive done", "hermes parked", "log parked"], Fates(detail));
            Assert.NotEqual(JsonValueKind.Null, detail.GetProperty("fault").ValueKind);

            var (exitCode, _, error) = await scene.Console.RunAsync("message", $"survey/{FaultScene.Topic}/0/30");
            Assert.Equal(1, exitCode);
            Assert.Contains("has no message", error, StringComparison.Ordinal);

            // The target has gone into another: the message's point is that one's now.
            var other = scene.Ledger.All.First(message => message.Key != good.Key && message.Point is not null).Key;
            await scene.Console.JsonAsync("target", "merge", good.Key, other, "--yes");
            detail = await scene.Console.JsonAsync("message", good.Id.ToString());
            Assert.Equal(other, Assert.Single(detail.GetProperty("points").EnumerateArray()).GetProperty("target").GetString());
        });
    }

    [Fact]
    public async Task Messages_that_come_are_told_as_they_come_each_once()
    {
        await using var scene = await FaultScene.StartAsync(2, _ => [LogScene.Archive]);
        await scene.ProduceAsync(5);
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "archive");
            using var follower = scene.Console.Start("messages", "--topic", FaultScene.Topic, "--limit", "2", "--follow", "--json");
            var told = new List<string>();
            await ReadAsync(2);
            await scene.ProduceAsync(20);
            await ReadAsync(20);
            await scene.ProduceAsync(1);
            await ReadAsync(1);
            follower.Kill();

            var produced = scene.Ledger.All.Select(message => message.Id.ToString()).ToHashSet();
            Assert.Equal(told.Count, told.Distinct().Count());
            Assert.All(told, id => Assert.Contains(id, produced));
            Assert.Superset(scene.Ledger.All.Where(message => message.Number > 5).Select(message => message.Id.ToString()).ToHashSet(), told.ToHashSet());

            async Task ReadAsync(int count)
            {
                for (var line = 0; line < count; line++)
                {
                    var text = await follower.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FaultScene.Limit);
                    told.Add(JsonDocument.Parse(text!).RootElement.GetProperty("messageId").GetString()!);
                }
            }
        });
    }

    private static IEnumerable<string> Fates(JsonElement detail) =>
        detail.GetProperty("fates").EnumerateArray().Select(fate => $"{fate.GetProperty("handler").GetString()} {fate.GetProperty("state").GetString()}");
}
