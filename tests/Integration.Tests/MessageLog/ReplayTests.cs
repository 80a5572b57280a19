using System.Globalization;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.MessageLog;

/// <summary>Messages of the log run through a handler again, on the programs and through the console.</summary>
public sealed class ReplayTests
{
    private const int Partitions = 4;

    [Fact]
    public async Task A_handler_added_later_is_filled_from_the_log_without_a_gap()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, _ => [FaultScene.Hermes, LogScene.Archive]);
        await scene.ProduceAsync(1_000);
        await scene.RunAsync(client => scene.SettledAsync(client, "hermes", "archive"));

        await scene.ConfigureAsync(LogScene.Archive, FaultScene.Hermes, scene.Recorder);
        await scene.ProduceAsync(200);
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "hermes", "archive");
            Assert.Equal(0, FaultScene.StatusOf(await client.StatusAsync(), "recorder")!.Books.Consumed);

            var replay = await scene.Console.JsonAsync("replay", "--topic", FaultScene.Topic, "--from", "earliest", "--handler", "recorder");
            Assert.Equal(("done", "log", 1_200, 1_200), (Text(replay, "state"), Text(replay, "source"), Count(replay, "handled"), Count(replay, "passed")));
            await scene.ProduceAsync(100);
            await FaultScene.SettledAsync(client, "recorder", 100);
        });

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "archive").PointsAreStoredOnce();
        Assert.Equal(0, verifier.OfferedInOrder(scene.Journal));
        await scene.AllKeptOnceAsync();
    }

    [Fact]
    public async Task Where_nothing_is_kept_a_replay_reads_Kafka_and_only_what_is_asked()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(400);
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "hermes", "recorder");
            var replay = await scene.Console.JsonAsync("replay", "--topic", $"survey/{FaultScene.Topic}", "--from", "10", "--to", "30", "--handler", "recorder");
            var meant = scene.Ledger.All.Count(message => message.Offset is >= 10 and < 30);
            Assert.Equal(("done", "kafka", meant), (Text(replay, "state"), Text(replay, "source"), Count(replay, "handled")));
            Assert.Equal(400, FaultScene.StatusOf(await client.StatusAsync(), "recorder")!.Books.Handled);

            var (exitCode, _, error) = await scene.Console.RunAsync("replay", "--topic", FaultScene.Topic, "--from", "earliest", "--handler", "recorder", "--shadow");
            Assert.Equal(1, exitCode);
            Assert.Contains("--shadow is for: gcn-circular, gcn-notice, hermes", error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public Task A_replay_from_a_time_has_what_came_since() => ReplayFromTimeAsync(isKept: true, "log");

    /// <summary>The embedded broker finds no offsets by time.</summary>
    [Fact, Trait("Category", "RealBroker")]
    public Task A_replay_of_Kafka_from_a_time_has_what_came_since() => ReplayFromTimeAsync(isKept: false, "kafka");

    private static async Task ReplayFromTimeAsync(bool isKept, string source)
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => isKept ? [LogScene.Archive, scene.Recorder] : [scene.Recorder]);
        await scene.ProduceAsync(100);
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "recorder");
            var since = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            await scene.ProduceAsync(60);
            await scene.SettledAsync(client, "recorder");

            var replay = await scene.Console.JsonAsync("replay", "--topic", FaultScene.Topic, "--from", since, "--handler", "recorder");

            Assert.Equal(("done", source, 60), (Text(replay, "state"), Text(replay, "source"), Count(replay, "handled")));
        });
    }

    [Fact]
    public async Task After_the_log_was_switched_off_a_replay_has_what_is_left_of_it_and_then_Kafka()
    {
        await using var scene = await FaultScene.StartAsync(1, scene => [LogScene.Archive, FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(100);
        await scene.RunAsync(client => scene.SettledAsync(client, "hermes", "archive", "recorder"));

        await scene.ConfigureAsync(FaultScene.Hermes, scene.Recorder);
        await scene.ProduceAsync(50);
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(("done", "log and kafka", 150, 150), Told(await ReplayAsync("earliest")));
            Assert.Equal(("done", "log and kafka", 60, 60), Told(await ReplayAsync("90")));
            Assert.Equal(("done", "kafka", 50, 50), Told(await ReplayAsync("100")));
        });

        Task<JsonElement> ReplayAsync(string from) => scene.Console.JsonAsync("replay", "--topic", FaultScene.Topic, "--from", from, "--handler", "recorder");

        static (string? State, string? Source, int Handled, int Passed) Told(JsonElement replay) =>
            (Text(replay, "state"), Text(replay, "source"), Count(replay, "handled"), Count(replay, "passed"));
    }

    [Fact]
    public async Task A_replay_says_that_it_waits_for_a_log_that_is_paused_and_goes_on_with_it()
    {
        await using var scene = await FaultScene.StartAsync(1, scene => [LogScene.Archive, scene.Recorder]);
        await scene.ProduceAsync(100);
        await scene.RunAsync(async client =>
        {
            var topic = new TopicName("survey", FaultScene.Topic);
            await scene.SettledAsync(client, "archive", "recorder");
            Assert.Equal(0, (await scene.Console.RunAsync("topic", topic.ToString(), "pause", "--handler", "archive")).ExitCode);
            await client.StatusWhenAsync(
                status => FaultScene.StatusOf(status, "archive")?.State.StartsWith("stopped", StringComparison.Ordinal) == true, "the log is paused", FaultScene.Limit);
            await scene.ProduceAsync(50);
            await scene.SettledAsync(client, "recorder");

            var id = (await StartAsync(client, "recorder")).Id;
            var waiting = await WhenAsync(client, id, replay => replay.State.StartsWith("waiting", StringComparison.Ordinal));
            Assert.StartsWith(
                $"waiting: the message log of {topic}/0 is to be kept to offset 150 and ends at 100: its handler archive is paused by ", waiting.State, StringComparison.Ordinal);

            Assert.Equal(0, (await scene.Console.RunAsync("topic", topic.ToString(), "resume", "--handler", "archive")).ExitCode);
            var ended = await WhenAsync(client, id, replay => replay.HasEnded);
            Assert.Equal(("done", 150L), (ended.State, ended.Books.Handled));
        });
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_replay_outlives_the_silo_that_runs_it_and_one_that_is_cancelled_stops()
    {
        // Three batches of a second and a half.
        const int Messages = 1_500;
        await using var scene = await FaultScene.StartAsync(1, scene => [LogScene.Archive, FaultScene.Hermes, new { HANDLER = "slow", MILLISECONDS = 3, JOURNAL = scene.Journal }]);
        await scene.ProduceAsync(Messages);
        long id;
        await using (var first = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(first);
            await scene.SettledAsync(client, "hermes", "slow");
            id = (await StartAsync(client, "slow")).Id;
            await WhenAsync(client, id, replay => replay.Passed > 0);
            await first.KillAsync();
        }

        await scene.RunAsync(async client =>
        {
            var replay = await WhenAsync(client, id, replay => replay.HasEnded);
            Assert.Equal(("done", (long)Messages, (long)Messages), (replay.State, replay.Books.Consumed, replay.Books.Handled));
            Assert.Equal(Messages, FaultScene.StatusOf(await client.StatusAsync(), "slow")!.Books.Handled);

            var second = await StartAsync(client, "slow");
            await WhenAsync(client, second.Id, running => running.Passed > 0);
            var cancelled = await client.AsAdmin(grains => grains.Replays().CancelAsync(second.Id));
            Assert.Equal("cancelled", cancelled.State);
            Assert.True(cancelled.Passed < Messages, "it was done before it was cancelled");
        });
    }

    private static Task<Replay> StartAsync(TomClient client, string handler) =>
        client.AsAdmin(grains => grains.Replays().StartAsync(new() { Topic = FaultScene.Topic, Handler = handler, From = new(null, SeekTo.Earliest) }));

    /// <summary>The silo is another process: it is asked until it fits.</summary>
    private static async Task<Replay> WhenAsync(TomClient client, long id, Func<Replay, bool> fits)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        using var end = new CancellationTokenSource(FaultScene.Limit);
        var replay = await client.AsAdmin(grains => grains.Replays().GetAsync(id));
        while (!fits(replay))
        {
            Assert.True(await timer.WaitForNextTickAsync(end.Token));
            replay = await client.AsAdmin(grains => grains.Replays().GetAsync(id));
        }

        return replay;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Count(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
