using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

[Collection(FaultCollection.Name)]
public sealed class LargeMessageTests(ITestOutputHelper output)
{
    private const int Messages = 5_000;
    private const int LargeSize = 5_000_000;
    private const int LargePartition = 0;

    [Fact]
    public async Task One_message_of_5_MB_beside_small_ones_is_handled_like_them()
    {
        await using var scene = await FaultScene.StartAsync(partitions: 9, scene => [FaultScene.Hermes, scene.Recorder]);

        // The embedded broker keeps 5 MiB a partition, so this one has a partition of its own.
        await scene.ProduceAsync(1, partition: LargePartition, size: LargeSize);
        for (var partition = 1; partition <= 8; partition++)
        {
            await scene.ProduceAsync(Messages / 8, partition: partition);
        }

        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await scene.SettledAsync(client, "hermes", "recorder");
        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder").PointsAreStoredOnce();
        Assert.Contains(File.ReadLines(scene.Journal), line => line.StartsWith($"{FaultScene.Topic} {LargePartition} 0 ", StringComparison.Ordinal));
        output.WriteLine($"{scene.Ledger.Count} messages, one of {LargeSize} bytes");
    }
}
