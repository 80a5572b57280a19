using System.Diagnostics;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>P5: a handler that does not answer stalls nobody, not even the end of the silo.</summary>
[Collection(FaultCollection.Name)]
public sealed class HangingHandlerTests(ITestOutputHelper output)
{
    private const int Messages = 10_000;

    [Fact]
    public async Task A_hanging_handler_stalls_neither_the_others_nor_the_stop_and_catches_up_when_it_answers()
    {
        await using var scene = await FaultScene.StartAsync(partitions: 8, scene =>
        [
            FaultScene.Hermes,
            scene.Recorder,
            new { HANDLER = "hang", UNTIL = scene.FileNamed("go"), JOURNAL = scene.FileNamed("hung"), HANDLER_TIMEOUT = 2 },
        ]);
        await scene.ProduceAsync(Messages);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "hermes", "recorder");
            var status = await client.StatusWhenAsync(
                seen => FaultScene.StatusOf(seen, "hang")?.State.StartsWith("failing: ", StringComparison.Ordinal) == true, "the hanging handler failing", FaultScene.Limit);
            var hanging = FaultScene.StatusOf(status, "hang")!;
            Assert.Equal(0, hanging.Books.Handled);
            var watch = Stopwatch.StartNew();
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
            output.WriteLine($"state: {hanging.State}; stopped within {watch.Elapsed.TotalSeconds:F1} s");
        }

        await File.WriteAllTextAsync(scene.FileNamed("go"), "", TestContext.Current.CancellationToken);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.ProduceAsync(Messages / 10);
            await scene.SettledAsync(client, "hermes", "recorder", "hang");
            await client.StatusWhenAsync(seen => FaultScene.StatusOf(seen, "hang") is { State: "live" }, "the handler live again", FaultScene.Limit);
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder", "hang").PointsAreStoredOnce();
        verifier.OfferedInOrder(scene.Journal);
        output.WriteLine($"{scene.Ledger.Count} messages, {verifier.OfferedInOrder(scene.FileNamed("hung"))} offers to the hanging one repeated");
    }

    [Fact]
    public async Task A_handler_that_answers_again_catches_up_in_the_same_run()
    {
        await using var scene = await FaultScene.StartAsync(partitions: 8, scene =>
        [
            FaultScene.Hermes,
            new { HANDLER = "hang", UNTIL = scene.FileNamed("go"), JOURNAL = scene.Journal, HANDLER_TIMEOUT = 1 },
        ]);
        await scene.ProduceAsync(Messages);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await scene.SettledAsync(client, "hermes");
        await scene.ProduceAsync(Messages / 10);
        await File.WriteAllTextAsync(scene.FileNamed("go"), "", TestContext.Current.CancellationToken);
        await scene.SettledAsync(client, "hermes", "hang");
        await client.StatusWhenAsync(seen => FaultScene.StatusOf(seen, "hang") is { State: "live" }, "the handler live again", FaultScene.Limit);
        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "hang").PointsAreStoredOnce();
        output.WriteLine($"{scene.Ledger.Count} messages, {verifier.OfferedInOrder(scene.Journal)} offers to the hanging one repeated");
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_handler_that_blocks_its_thread_stalls_neither_the_others_nor_the_stop()
    {
        await using var scene = await FaultScene.StartAsync(partitions: 1, scene =>
        [
            FaultScene.Hermes,
            new { HANDLER = "hang", BLOCK = true, UNTIL = scene.FileNamed("go"), HANDLER_TIMEOUT = 1 },
        ]);
        await scene.ProduceAsync(1_000);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await scene.SettledAsync(client, "hermes");
        var watch = Stopwatch.StartNew();
        await silo.TerminateAsync(TimeSpan.FromSeconds(30));
        output.WriteLine($"1000 messages, stopped within {watch.Elapsed.TotalSeconds:F1} s");
        (await scene.VerifyAsync()).AllHandled("hermes");
    }
}
