using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>librdkafka keeps a pause over revoke and assign: a partition that comes back must be read again all the same.</summary>
[Collection(FaultCollection.Name)]
public sealed class RevokedTests(ITestOutputHelper output)
{
    private const int Partitions = 16;
    private const int PerPartition = 150;
    private const int Size = 20_000;

    [Fact, Trait("Category", "Long")]
    public async Task Partitions_revoked_while_they_were_paused_are_read_on_when_they_come_back()
    {
        // 48 MB: more than is buffered, so partitions are paused while the handler hangs.
        await using var scene = await FaultScene.StartAsync(
            Partitions, scene => [scene.Recorder, new { HANDLER = "hang", UNTIL = scene.FileNamed("go"), JOURNAL = scene.FileNamed("hung"), HANDLER_TIMEOUT = 3_600 }]);
        for (var partition = 0; partition < Partitions; partition++)
        {
            await scene.ProduceAsync(PerPartition, partition: partition, size: Size);
        }

        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await FaultScene.SettledAsync(client, "recorder", 1);
            int taken;
            await using (var other = GroupMember.Join(scene.Kafka, FaultScene.Group, FaultScene.Topic))
            {
                taken = await other.Assigned.WaitAsync(FaultScene.Limit, TestContext.Current.CancellationToken);
                await File.WriteAllTextAsync(scene.FileNamed("go"), "", TestContext.Current.CancellationToken);
            }

            await scene.SettledAsync(client, "recorder", "hang");
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
            output.WriteLine($"{scene.Ledger.Count} messages, {taken} of {Partitions} partitions taken away and given back");
        }

        var verifier = (await scene.VerifyAsync()).AllHandled("recorder", "hang");
        output.WriteLine($"{verifier.OfferedInOrder(scene.Journal)} and {verifier.OfferedInOrder(scene.FileNamed("hung"))} offers repeated");
    }
}
