using System.Diagnostics;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>The broker goes away in mid-stream and comes back.</summary>
[Collection(FaultCollection.Name)]
public sealed class BrokerDownTests(ITestOutputHelper output)
{
    private const int Partitions = 32;
    private const int PerPartition = 500;

    /// <summary>80 MB in all: more than a silo reads ahead, so the outage finds it with something to read.</summary>
    private const int Size = 5_000;

    [Fact]
    public Task A_broker_down_for_3_s_costs_nothing_but_time() => DownAsync(TimeSpan.FromSeconds(3));

    [Fact, Trait("Category", "Long")]
    public Task A_broker_down_for_30_s_costs_nothing_but_time() => DownAsync(TimeSpan.FromSeconds(30));

    private async Task DownAsync(TimeSpan outage)
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        for (var partition = 0; partition < Partitions; partition++)
        {
            await scene.ProduceAsync(PerPartition, partition: partition, size: Size);
        }

        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await FaultScene.SettledAsync(client, "hermes", 100);
        await scene.Kafka.SetBrokerDownAsync();

        // The outage itself is the event; nothing tells its end but the clock.
        await Task.Delay(outage, TestContext.Current.CancellationToken);
        var meanwhile = await FaultScene.SettledAsync(client, "hermes", 0);
        Assert.True(meanwhile < scene.Ledger.Count, "the outage came too late to be in mid-stream");
        var production = scene.ProduceAsync(1_000);
        await scene.Kafka.SetBrokerUpAsync();
        var back = Stopwatch.StartNew();
        await production;
        await scene.SettledAsync(client, "hermes", "recorder");
        back.Stop();
        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder").PointsAreStoredOnce();
        var repeats = verifier.OfferedInOrder(scene.Journal);
        output.WriteLine($"{scene.Ledger.Count} messages, {meanwhile} handled when the broker was back after {outage.TotalSeconds} s, the rest {back.Elapsed.TotalSeconds:F1} s later, {repeats} offers repeated");
    }
}
