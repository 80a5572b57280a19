using System.Diagnostics;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>P5: a slow handler delays only itself.</summary>
[Collection(FaultCollection.Name)]
public sealed class SlowHandlerTests(ITestOutputHelper output)
{
    private const int Messages = 8_000;
    private const int Partitions = 8;

    [Fact]
    public async Task A_slow_handler_delays_only_itself_and_misses_nothing()
    {
        // 10 s of work in each partition.
        await using var scene = await FaultScene.StartAsync(Partitions, scene =>
        [
            FaultScene.Hermes,
            new { HANDLER = "slow", MILLISECONDS = 10, JOURNAL = scene.Journal, HANDLER_TIMEOUT = 1 },
        ]);
        for (var partition = 0; partition < Partitions; partition++)
        {
            await scene.ProduceAsync(Messages / Partitions, partition: partition);
        }

        await using var silo = await scene.StartSiloAsync();
        var watch = Stopwatch.StartNew();
        await using var client = await TomClient.ConnectAsync(silo);
        await scene.SettledAsync(client, "hermes");
        var fast = watch.Elapsed;
        var meanwhile = await FaultScene.SettledAsync(client, "slow", 0);

        // Waited for, it would have had all but the last batches.
        Assert.True(meanwhile < Messages * 9 / 10, $"the slow handler had {meanwhile} of {Messages} when the other was done: it was waited for");
        await scene.SettledAsync(client, "slow");
        output.WriteLine($"{Messages} messages, {fast.TotalSeconds:F1} s for the other handler, {watch.Elapsed.TotalSeconds:F1} s for the slow one");
        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "slow").PointsAreStoredOnce();
        output.WriteLine($"{verifier.OfferedInOrder(scene.Journal)} offers to the slow one repeated");
    }
}
