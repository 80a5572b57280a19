using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>P3: what the broker threw away before it was read is counted, never passed over in silence.</summary>
[Collection(FaultCollection.Name)]
public sealed class RetentionTests(ITestOutputHelper output)
{
    private const int Messages = 20_000;
    private const int Partitions = 4;
    private const int Kept = 200;

    [Fact]
    public async Task Retention_that_overtakes_a_slow_handler_is_counted_as_lost_for_that_handler_alone()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene =>
        [
            FaultScene.Hermes,
            new { HANDLER = "hang", UNTIL = scene.FileNamed("go"), JOURNAL = scene.Journal, HANDLER_TIMEOUT = 1 },
        ]);
        await scene.ProduceAsync(Messages);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await scene.SettledAsync(client, "hermes");
        foreach (var partition in scene.Ledger.All.GroupBy(message => message.Partition))
        {
            await scene.Kafka.DeleteRecordsAsync(FaultScene.Topic, partition.Key, Math.Max(0, partition.Max(message => message.Offset) + 1 - Kept));
        }

        await File.WriteAllTextAsync(scene.FileNamed("go"), "", TestContext.Current.CancellationToken);
        await scene.SettledAsync(client, "hermes", "hang");
        var lost = FaultScene.StatusOf(await client.StatusAsync(), "hang")!.Books.Lost;
        Assert.InRange(lost, 1, Messages - 1);
        var (exitCode, said, _) = await scene.Console.RunAsync("topic", $"survey/{FaultScene.Topic}");
        Assert.Equal(0, exitCode);
        Assert.Contains(lost.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), said, StringComparison.Ordinal);
        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        var verifier = (await scene.VerifyAsync()).AllHandled("hermes").Balances("hang").PointsAreStoredOnce();
        verifier.OfferedInOrder(scene.Journal, never: lost);
        output.WriteLine($"{Messages} messages, {lost} lost to the slow handler, none to the other");
    }

    [Fact]
    public async Task Retention_that_overtakes_a_silo_that_was_away_is_counted_as_lost()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(1_000);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        var ends = scene.Ledger.All.GroupBy(message => message.Partition).ToDictionary(partition => partition.Key, partition => partition.Max(message => message.Offset) + 1);
        await scene.ProduceAsync(1_000);
        foreach (var (partition, end) in ends)
        {
            await scene.Kafka.DeleteRecordsAsync(FaultScene.Topic, partition, end + 50);
        }

        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(50 * ends.Count, FaultScene.StatusOf(await client.StatusAsync(), "hermes")!.Books.Lost);
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        (await scene.VerifyAsync()).Balances("hermes", "recorder").OfferedInOrder(scene.Journal, never: 50 * ends.Count);
        output.WriteLine($"2000 messages, {50 * ends.Count} dropped by the broker and counted as lost");
    }
}
