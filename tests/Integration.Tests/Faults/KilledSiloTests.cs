using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>P1, P2, P3: a silo that is killed in mid-stream, again and again, loses and doubles nothing.</summary>
[Collection(FaultCollection.Name)]
public sealed class KilledSiloTests(ITestOutputHelper output)
{
    private const int MessagesPerKill = 12_000;
    private const int Kills = 3;

    [Fact]
    public async Task A_silo_killed_three_times_in_mid_stream_handles_and_stores_everything_once()
    {
        await using var scene = await FaultScene.StartAsync(partitions: 16, scene => [FaultScene.Hermes, scene.Recorder]);
        var settled = 0L;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var silo = await scene.StartSiloAsync();
            await using var client = await TomClient.ConnectAsync(silo);
            var production = scene.ProduceAsync(MessagesPerKill);
            settled = await FaultScene.SettledAsync(client, "hermes", settled + 500);
            await silo.KillAsync();
            await production;
            Assert.True(settled < scene.Ledger.Count, $"kill {kill} came too late to be in mid-stream: {settled} of {scene.Ledger.Count} were handled");
        }

        await using (var last = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(last);
            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(0, await last.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder").PointsAreStoredOnce();
        output.WriteLine($"{scene.Ledger.Count} messages, {Kills} kills, {verifier.OfferedInOrder(scene.Journal)} offers repeated");
    }
}
