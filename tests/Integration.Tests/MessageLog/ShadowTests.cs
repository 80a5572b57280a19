using System.Text.Json;
using TomOrleans.Integration.Tests.Faults;

namespace TomOrleans.Integration.Tests.MessageLog;

/// <summary>A shadow replay tells what a changed option would do, and changes nothing.</summary>
public sealed class ShadowTests(ITestOutputHelper output)
{
    private const int Targets = 50;

    [Fact]
    public Task Five_thousand_messages_in_a_shadow_change_nothing() => ShadowAsync(5_000);

    [Fact, Trait("Category", "Long")]
    public Task A_hundred_thousand_messages_in_a_shadow_change_nothing() => ShadowAsync(100_000);

    private async Task ShadowAsync(int messages)
    {
        await using var scene = await FaultScene.StartAsync(16, _ => [LogScene.Archive, "hermes"]);
        for (var produced = 0; produced < messages; produced += 5_000)
        {
            await scene.ProduceAsync(5_000, poisonEvery: 1_000);
        }

        var parked = messages / 1_000;
        var good = messages - parked;
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "hermes", "archive");
            var before = await scene.TablesAsync();
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var asIs = await ReplayAsync(scene);
            output.WriteLine($"{messages} messages in a shadow: {clock.Elapsed.TotalSeconds:F1} s");
            Assert.Equal((messages, 0, good, parked, 0), Sums(asIs));
            Assert.Equal("no such target", Assert.Single(asIs.GetProperty("reasons").EnumerateArray(), reason => reason.GetProperty("outcome").GetString() == "ignored")
                .GetProperty("reason").GetString());

            var changed = await ReplayAsync(scene, "--set", "CREATE_TARGETS=always");
            Assert.Equal((messages, good, 0, parked, good), Sums(changed));
            Assert.Equal((Targets, Targets), (changed.GetProperty("newTargets").GetInt32(), changed.GetProperty("targetCount").GetInt32()));
            Assert.Equal(good, changed.GetProperty("targets").EnumerateArray().Sum(target => target.GetProperty("newPoints").GetInt32()));
            Assert.Equal(before, await scene.TablesAsync());
        });
        (await scene.VerifyAsync()).Balances("hermes", "archive").PoisonIsParked("hermes");

        // And it was right.
        await scene.ConfigureAsync(LogScene.Archive, FaultScene.Hermes);
        await scene.RunAsync(async client =>
        {
            var real = await scene.Console.JsonAsync("replay", "--topic", FaultScene.Topic, "--from", "earliest", "--handler", "hermes");
            Assert.Equal((good, parked), (real.GetProperty("handled").GetInt32(), real.GetProperty("parked").GetInt32()));
            Assert.Equal((messages, 0, 0, parked, 0), Sums(await ReplayAsync(scene)));
        });
        (await scene.VerifyAsync()).PointsAreStoredOnce();
    }

    private static async Task<JsonElement> ReplayAsync(FaultScene scene, params string[] options)
    {
        var replay = await scene.Console.JsonAsync(["replay", "--topic", FaultScene.Topic, "--from", "earliest", "--handler", "hermes", "--shadow", .. options]);
        Assert.Equal("done", replay.GetProperty("state").GetString());
        return replay.GetProperty("wouldChange");
    }

    private static (int Messages, int New, int Ignored, int Parked, int NewPoints) Sums(JsonElement report) => (
        report.GetProperty("messages").GetInt32(), report.GetProperty("new").GetInt32(), report.GetProperty("ignored").GetInt32(),
        report.GetProperty("parked").GetInt32(), report.GetProperty("newPoints").GetInt32());
}
