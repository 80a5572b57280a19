using System.Text.Json;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Sharing;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>P6: whatever Hermes and our silo do, every share is published exactly once.</summary>
[Collection(FaultCollection.Name)]
public sealed class SharingFaultsTests(ITestOutputHelper output)
{
    private const string Topic = "hermes.test";
    private const string Input = "alerts";

    [Fact]
    public Task Shares_through_a_faulty_Hermes_and_a_killed_silo_are_published_once_each() => RunAsync(new(
        Shares: 24, Kills: 1, PerThousand: (150, 120, 60), Patience: TimeSpan.FromSeconds(6), Latest: TimeSpan.FromSeconds(3), ArchiveLag: TimeSpan.FromSeconds(8),
        Hang: TimeSpan.FromSeconds(1), Down: TimeSpan.FromSeconds(1), Limit: TimeSpan.FromMinutes(3)));

    [Fact, Trait("Category", "Long")]
    public Task Thousand_shares_through_a_faulty_Hermes_and_a_silo_killed_three_times_are_published_once_each() => RunAsync(new(
        Shares: 1000, Kills: 3, PerThousand: (100, 50, 20), Patience: TimeSpan.FromSeconds(90), Latest: TimeSpan.FromSeconds(60), ArchiveLag: TimeSpan.FromSeconds(120),
        Hang: TimeSpan.FromSeconds(60), Down: TimeSpan.FromMinutes(5), Limit: TimeSpan.FromMinutes(40)));

    private async Task RunAsync(Plan plan)
    {
        var folder = Directory.CreateTempSubdirectory("tom-sharing-");
        await using var kafka = await KafkaProcess.StartAsync();
        await kafka.CreateTopicAsync(Topic, 4);
        await kafka.CreateTopicAsync(Input, 1);
        await using var hermes = new FaultyHermes(kafka.BootstrapServers, folder.FullName, plan.Latest, plan.ArchiveLag);
        await hermes.UpAsync();
        var config = Path.Combine(folder.FullName, "tom.json");
        await File.WriteAllTextAsync(config, Configuration(kafka, hermes, plan));
        var (data, ports) = (Path.Combine(folder.FullName, "data"), SiloPorts.Free());
        await PublishTargetsAsync(kafka, plan.Shares);

        var silo = await SiloProcess.StartAsync(data, ports, config);
        try
        {
            hermes.PerThousand = plan.PerThousand;
            await QueueAsync(silo, plan);
            for (var kill = 1; kill <= plan.Kills; kill++)
            {
                await WaitAsync(() => hermes.Published.Count >= plan.Shares * kill / (plan.Kills + 2), $"share {plan.Shares * kill / (plan.Kills + 2)} published", plan.Limit);
                await silo.KillAsync();
                silo = await SiloProcess.StartAsync(data, ports, config);
                if (kill == 1)
                {
                    hermes.Ahead.Next(Fault.Hang(published: true), times: plan.Shares);
                    await Task.Delay(plan.Hang, TestContext.Current.CancellationToken);
                    hermes.Ahead.Clear();
                    await hermes.DownAsync();
                    await Task.Delay(plan.Down, TestContext.Current.CancellationToken);
                    await hermes.UpAsync();
                }
            }

            await using var client = await TomClient.ConnectAsync(silo);
            await client.StatusWhenAsync(
                seen => seen.Destinations.Single(destination => destination.Name == "hermes") is { Queued: 0 }, $"nothing queued; {hermes.Published.Count} published", plan.Limit);
            var delivered = await client.AsAdmin(grains => grains.Shares().ListAsync(new() { State = ShareState.Delivered, Limit = 1 }));
            Assert.Equal(plan.Shares, delivered.Total);
        }
        finally
        {
            await silo.DisposeAsync();
        }

        output.WriteLine($"{plan.Shares} shares, {hermes.Faults} faults drawn, {plan.Kills} kills: {hermes.Published.Values.Sum()} published of {hermes.Published.Count} submissions");
        Assert.Equal(plan.Shares, hermes.Published.Count);
        Assert.All(hermes.Published.Values, count => Assert.Equal(1, count));
        Assert.Equal(plan.Shares, hermes.Targets.Distinct().Count());
        folder.Delete(recursive: true);
    }

    private static async Task QueueAsync(SiloProcess silo, Plan plan)
    {
        await using var client = await TomClient.ConnectAsync(silo);
        await client.StatusWhenAsync(status => status.Points >= plan.Shares, $"{plan.Shares} points", plan.Limit);
        for (var i = 0; i < plan.Shares; i++)
        {
            var request = new ShareRequest { Target = Name(i), Topic = Topic };
            await client.AsAdmin(grains => grains.Sharing("hermes").ShareAsync(request));
        }
    }

    private static string Name(int i) => $"AT2026f{i:D4}";

    /// <summary>The targets with a point each, as somebody published them.</summary>
    private static async Task PublishTargetsAsync(KafkaProcess kafka, int count)
    {
        using var publisher = new KafkaMessagePublisher(kafka.BootstrapServers);
        foreach (var some in Enumerable.Range(0, count).Chunk(200))
        {
            var message = new
            {
                title = "Targets",
                topic = Input,
                submitter = "a survey",
                authors = "",
                message_text = "",
                data = new
                {
                    targets = some.Select(i => new { name = Name(i), ra = i * 0.3, dec = (i % 160) - 80.0 }),
                    photometry = some.Select(i => new
                    {
                        target_name = Name(i),
                        date_obs = "2026-07-01T03:04:05Z",
                        telescope = "1m0a",
                        instrument = "fa16",
                        bandpass = "g",
                        brightness = 18.5,
                        brightness_unit = "AB mag",
                    }),
                },
            };
            await publisher.PublishAsync(new(Input, Guid.NewGuid(), "Targets", "a-survey", JsonSerializer.SerializeToUtf8Bytes(message)));
        }
    }

    private static string Configuration(KafkaProcess kafka, FaultyHermes hermes, Plan plan) => JsonSerializer.Serialize(new
    {
        TOM_NAME = "Test TOM",
        DATA_SHARING = new
        {
            hermes = new
            {
                BASE_URL = hermes.Url.AbsoluteUri,
                HERMES_API_KEY = hermes.Token,
                SEND_TIMEOUT = 5,
                LOOKUP_PATIENCE = plan.Patience.TotalSeconds,
                RETRY_PAUSE = 0.2,
                CONFIRM_STREAM = "survey",
            },
        },
        ALERT_STREAMS = new[]
        {
            new
            {
                NAME = "kafka",
                ID = "survey",
                OPTIONS = new
                {
                    BOOTSTRAP_SERVERS = kafka.BootstrapServers,
                    GROUP_ID = "test",
                    START_POSITION = "earliest",
                    CONFIG = new Dictionary<string, string> { ["session.timeout.ms"] = "6000" },
                    TOPIC_HANDLERS = new Dictionary<string, object>
                    {
                        [Input] = new { HANDLER = "hermes", CREATE_TARGETS = "always" },

                        // Read by a handler that knows nothing of our submissions: what is confirmed is looked for.
                        [Topic] = "log",
                    },
                },
            },
        },
    });

    private static async Task WaitAsync(Func<bool> fits, string what, TimeSpan limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var end = new CancellationTokenSource(limit);
        while (!fits())
        {
            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not seen within {limit}: {what}");
            }
        }
    }

    private sealed record Plan(
        int Shares, int Kills, (int Unavailable, int Dropped, int WithoutUuid) PerThousand, TimeSpan Patience, TimeSpan Latest, TimeSpan ArchiveLag, TimeSpan Hang, TimeSpan Down, TimeSpan Limit);
}
