using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Control;

/// <summary>Pausing, resuming and seeking by the console, in a real silo that is restarted in between.</summary>
public sealed class TopicOrdersTests
{
    private const int Partitions = 4;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_paused_handler_stays_paused_over_a_restart_and_then_catches_up_without_a_gap()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(400);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "hermes", "recorder");
            await TopicAsync(scene, "pause", "--handler", "recorder");
            await StateAsync(client, "recorder", "stopped: paused by");
            await scene.ProduceAsync(400);
            await scene.SettledAsync(client, "hermes");
            var seen = await client.StatusWhenAsync(status => FaultScene.StatusOf(status, "recorder")!.Books.Behind == 400, "400 messages behind", FaultScene.Limit);
            Assert.Equal(400, FaultScene.StatusOf(seen, "recorder")!.Books.Handled);
            Assert.Equal(0, await silo.TerminateAsync(StopLimit));
        }

        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await StateAsync(client, "recorder", "stopped: paused by");
            await TopicAsync(scene, "resume");
            await scene.SettledAsync(client, "hermes", "recorder");
            await StateAsync(client, "recorder", "live");
            await scene.ProduceAsync(100);
            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(0, await silo.TerminateAsync(StopLimit));
        }

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder").PointsAreStoredOnce();
        Assert.Equal(0, verifier.OfferedInOrder(scene.Journal));
    }

    [Fact]
    public async Task A_paused_topic_reads_nothing_and_goes_on_where_it_stood()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(200);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "hermes", "recorder");
            await TopicAsync(scene, "pause");
            await StateAsync(client, "hermes", "stopped: paused by");
            await scene.ProduceAsync(200);
            var waiting = await client.StatusWhenAsync(
                status => status.Streams[0].Topics.Single(topic => topic.Name.Topic == FaultScene.Topic).Partitions.All(partition =>
                    partition.Waiting?.StartsWith("paused by", StringComparison.Ordinal) == true),
                "every partition held", FaultScene.Limit);
            Assert.Equal(200, FaultScene.StatusOf(waiting, "hermes")!.Books.Handled);

            await TopicAsync(scene, "resume");
            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(0, await silo.TerminateAsync(StopLimit));
        }

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder").PointsAreStoredOnce();
        Assert.Equal(0, verifier.OfferedInOrder(scene.Journal));
    }

    [Fact]
    public async Task A_handler_that_is_sent_back_reads_again_alone_and_no_point_is_stored_twice()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(300);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "hermes", "recorder");

            await TopicAsync(scene, "seek", "earliest", "--handler", "hermes");
            await FaultScene.SettledAsync(client, "hermes", 600);
            await StateAsync(client, "hermes", "live");
            var status = await client.StatusAsync();
            Assert.Equal((600, 300), (FaultScene.StatusOf(status, "hermes")!.Books.Consumed, FaultScene.StatusOf(status, "recorder")!.Books.Consumed));

            await TopicAsync(scene, "seek", "0", "--handler", "recorder");
            await FaultScene.SettledAsync(client, "recorder", 600);
            Assert.Equal(0, await silo.TerminateAsync(StopLimit));
        }

        (await scene.VerifyAsync()).PointsAreStoredOnce();
    }

    [Fact]
    public async Task An_order_for_a_handler_that_is_not_there_is_refused_with_those_that_are()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(1);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await scene.SettledAsync(client, "hermes");

        var (code, _, error) = await scene.Console.RunAsync("topic", FaultScene.Topic, "pause", "--handler", "nobody");

        Assert.Equal((1, $"tom: The topic survey/{FaultScene.Topic} has no handler 'nobody'; it has: hermes, recorder"), (code, error.Trim()));
    }

    private static async Task TopicAsync(FaultScene scene, params string[] order)
    {
        var (code, _, error) = await scene.Console.RunAsync(["topic", FaultScene.Topic, .. order]);
        Assert.Equal((0, ""), (code, error));
    }

    private static async Task StateAsync(TomClient client, string handler, string state) => await client.StatusWhenAsync(
        status => FaultScene.StatusOf(status, handler)?.State.StartsWith(state, StringComparison.Ordinal) == true, $"{handler} {state}", FaultScene.Limit);
}
