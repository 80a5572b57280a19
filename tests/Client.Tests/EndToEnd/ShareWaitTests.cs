using TomOrleans.Sharing;

namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class ShareWaitTests(SampleSilo silo) : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    private Task<ConsoleAnswer> ShareAsync(params string[] more) => _console.TomAsync(
        ["share", "SIM-001", "--to", "hermes:hermes.test", "--wait", "--gateway", $"127.0.0.1:{silo.GatewayPort}", .. more]);

    [Fact]
    public async Task Delivered_share_ends_the_waiting_with_its_receipt()
    {
        silo.Tom.ShareAfter = reads => reads == 1
            ? Sample.Share with { State = ShareState.Sending }
            : Sample.Share with { State = ShareState.Delivered, Receipts = ["5e2b7a3c-uuid"] };

        var answer = await ShareAsync();

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Equal("share 9007199254740993: 2 points of SIM-001 delivered to hermes:hermes.test, receipt 5e2b7a3c-uuid\n", answer.Out);
        Assert.Equal(2, silo.Tom.ShareReads);
    }

    [Fact]
    public async Task Rejected_share_is_a_failure_with_the_words_of_the_destination()
    {
        silo.Tom.ShareAfter = _ => Sample.Share with { State = ShareState.Rejected, LastError = "400: {\"bandpass\": [\"\u001b[5mrequired\"]}" };

        var answer = await ShareAsync("--json");

        Assert.Equal(1, answer.Code);
        Assert.Equal("rejected", answer.Json.GetProperty("state").GetString());
        Assert.Equal(
            "tom: share 9007199254740993 was rejected by hermes: 400: {\"bandpass\": [\"\\u001B[5mrequired\"]}",
            answer.ErrorLine);
    }

    [Fact]
    public async Task Unconfirmed_share_is_a_failure_that_says_where_to_look()
    {
        silo.Tom.ShareAfter = _ => Sample.Share with { State = ShareState.Unconfirmed, LastError = "time-out after sending" };

        var answer = await ShareAsync();

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains("nobody can say whether share 9007199254740993 arrived at hermes: time-out after sending", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_waiting_leaves_the_share_queued_and_says_so()
    {
        silo.Tom.ShareAfter = _ => Sample.Share;
        silo.Tom.ShareWasRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = new CancellationTokenSource();

        var waiting = _console.TomAsync(
            interrupt.Token, "share", "SIM-001", "--to", "hermes:hermes.test", "--wait", "--gateway", $"127.0.0.1:{silo.GatewayPort}");
        await silo.Tom.ShareWasRead.Task;
        await interrupt.CancelAsync();
        var answer = await waiting;

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Equal(
            "tom: stopped waiting; share 9007199254740993 stays queued and is sent all the same; see: tom share show 9007199254740993",
            answer.ErrorLine);
    }

    public void Dispose() => _console.Dispose();
}
