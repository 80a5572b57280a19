using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>Messages that nobody can handle, and handlers that fail by chance.</summary>
[Collection(FaultCollection.Name)]
public sealed class UnrulyHandlerTests(ITestOutputHelper output)
{
    private const int Messages = 10_000;
    private const int PoisonEvery = 100;
    private static readonly string[] All = ["hermes", "recorder", "poison", "flaky", "flakier"];

    [Fact]
    public async Task Every_100th_message_poison_and_3_percent_of_calls_failing_parks_the_poison_and_nothing_else_for_good()
    {
        await using var scene = await FaultScene.StartAsync(partitions: 16, scene =>
        [
            FaultScene.Hermes,
            scene.Recorder,
            new { HANDLER = "poison", MARKER = Ledger.Poison },
            new { HANDLER = "flaky", PERCENT = 3, SEED = 7, JOURNAL = scene.FileNamed("flaky") },

            // Few calls are made for many messages: 3 % alone would seldom fail twice for one message.
            new { HANDLER = "flaky", ID = "flakier", PERCENT = 30, SEED = 8 },
        ]);
        var production = scene.ProduceAsync(Messages, PoisonEvery);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await production;
        await scene.SettledAsync(client, All);

        // Chance parks a few, until they are tried again; the poison stays.
        var byChance = await ByChanceAsync(client);
        for (var left = byChance; left.Length > 0; left = await ByChanceAsync(client))
        {
            await client.AsAdmin(grains => grains.Parked().RetryAsync(new() { Ids = [.. left.Take(100)] }));
        }

        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        var verifier = (await scene.VerifyAsync()).Balances(All).PointsAreStoredOnce();
        foreach (var handler in All)
        {
            verifier.PoisonIsParked(handler);
        }

        verifier.OfferedInOrder(scene.Journal, never: scene.Ledger.Poisoned.Count);
        output.WriteLine($"{Messages} messages, {scene.Ledger.Poisoned.Count} poisoned and parked with each handler, {byChance.Length} parked by chance and handled when tried again");
    }

    private static async Task<long[]> ByChanceAsync(TomClient client)
    {
        var parked = await client.AsAdmin(grains => grains.Parked().ListAsync(new() { Limit = Messages }));
        return [.. parked.Messages.Where(message => message.Reason.Contains("by chance", StringComparison.Ordinal)).Select(message => message.Id)];
    }
}
