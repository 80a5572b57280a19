using System.Text.Json;

namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class WatchTests(SampleSilo silo) : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    [Fact]
    public async Task Every_event_is_a_line_until_it_is_interrupted() => Assert.Equal(
        """
        ... events may be missing here
        2026-11-01T02:03:04Z  handled      sandbox/hermes.test hermes: 1,200 messages, the last 1/17
        2026-11-01T02:03:04Z  parked       sandbox/hermes.test log: 1 message, the last 0/4: no \u001B[5mtime
        2026-11-01T02:03:04Z  changed      SIM-001: 2 new points
        2026-11-01T02:03:04Z  rejected     share 9007199254740993 to hermes: 400
        2026-11-01T02:03:04Z  paused       hop/other by admin

        """,
        await WatchAsync());

    [Fact]
    public async Task Events_of_a_topic_or_of_a_target_can_be_picked()
    {
        var lines = (await WatchAsync("--topic", "hermes.test", "--target", "SIM-001")).TrimEnd('\n').Split('\n')[1..];

        Assert.Equal(["handled", "parked", "changed"], lines.Select(line => line.Split("  ")[1].Trim()));
    }

    [Fact]
    public async Task As_JSON_each_line_is_a_document()
    {
        var documents = (await WatchAsync("--target", "SIM-001", "--json")).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal("gap", documents[0].GetProperty("kind").GetString());
        Assert.Equal(("targetChanged", "9007199254740993", 2), (
            documents[1].GetProperty("kind").GetString(), documents[1].GetProperty("targetId").GetString(), documents[1].GetProperty("count").GetInt32()));
    }

    public void Dispose() => _console.Dispose();

    /// <summary>Interrupts it when it has seen all and asks for more.</summary>
    private async Task<string> WatchAsync(params string[] arguments)
    {
        silo.Tom.EventsWereRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = new CancellationTokenSource();
        var watching = _console.TomAsync(interrupt.Token, ["watch", "--gateway", $"127.0.0.1:{silo.GatewayPort}", .. arguments]);
        await silo.Tom.EventsWereRead.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();
        var answer = await watching;
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        return answer.Out;
    }
}
