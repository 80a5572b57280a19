using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

[Collection(FaultCollection.Name)]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Partitions = 16;
    private const int PerPartition = 150;
    private const int Size = 20_000;
    private const int SmallMegabytes = 24;

    [Fact]
    public async Task A_disk_that_fills_up_while_messages_are_parked_is_waited_for_visibly_and_costs_nothing()
    {
        var (mounted, reason) = await SmallDisk.MountAsync(SmallMegabytes);
        Assert.SkipWhen(mounted is null, reason ?? "");
        await using var disk = mounted!;
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder], dataFolder: disk.Folder);
        for (var partition = 0; partition < Partitions; partition++)
        {
            await scene.ProduceAsync(PerPartition, poisonEvery: 2, partition, Size);
        }

        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            var status = await client.StatusWhenAsync(
                seen => FaultScene.StatusOf(seen, "hermes") is { State: var state } && state.Contains("full", StringComparison.OrdinalIgnoreCase),
                "a state that says the disk is full", FaultScene.Limit);
            output.WriteLine($"state: {FaultScene.StatusOf(status, "hermes")!.State}");
            await disk.ResizeAsync(SmallMegabytes * 20);
            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        var verifier = (await scene.VerifyAsync()).Balances("hermes", "recorder").PoisonIsParked("hermes").PoisonIsParked("recorder").PointsAreStoredOnce();
        verifier.OfferedInOrder(scene.Journal, never: scene.Ledger.Poisoned.Count);
        output.WriteLine($"{scene.Ledger.Count} messages of {Size} bytes, {scene.Ledger.Poisoned.Count} parked with each handler on a disk of {SmallMegabytes} MB, then of {SmallMegabytes * 20}");
    }
}
