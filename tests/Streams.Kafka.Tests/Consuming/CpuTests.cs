using System.Diagnostics;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Tests.Consuming;

/// <summary>Not beside other tests: what is measured is the whole process.</summary>
[CollectionDefinition(nameof(CpuTests), DisableParallelization = true)]
public sealed class CpuCollection;

/// <summary>Whatever a stream waits for, it waits quietly.</summary>
[Collection(nameof(CpuTests))]
public sealed class CpuTests : KafkaTest
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_broker_that_is_down_costs_next_to_nothing()
    {
        var sink = await ReadingAsync();
        await using var reader = new CatchUpReader(PlainSettings, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System);
        await reader.ReadAsync(new PartitionRef("alerts", 0), 0, TestContext.Current.CancellationToken);
        Kafka.SetBrokerDown();
        await sink.UntilAsync(() => sink.Last.State.StartsWith("waiting:", StringComparison.Ordinal), "the outage is shown");
        await AssertQuietAsync();
    }

    [Fact]
    public async Task A_refused_group_costs_next_to_nothing()
    {
        const short joinGroup = 11;
        Kafka.CreateTopic("alerts", 4);
        Kafka.PushErrors(joinGroup, Enumerable.Repeat(ErrorCode.GroupAuthorizationFailed, 100).ToArray());
        var sink = new RecordingSink();
        await StartAsync(PlainSettings, sink);
        await sink.UntilAsync(() => sink.Last.State.StartsWith("refused:", StringComparison.Ordinal), "the refusal is shown");
        await AssertQuietAsync();
    }

    [Fact]
    public async Task Held_partitions_cost_next_to_nothing()
    {
        Kafka.CreateTopic("alerts", 4);
        var sink = new RecordingSink { OnClaim = (_, _) => throw new PartitionHeldException("paused") };
        await StartAsync(PlainSettings, sink);
        await sink.UntilAsync(() => sink.Last.Partitions.Count(p => p.Waiting == "paused") == 4, "all are held");
        await AssertQuietAsync();
    }

    [Fact]
    public async Task A_sink_that_hangs_costs_next_to_nothing()
    {
        Kafka.CreateTopic("alerts", 4);
        await PublishAsync("alerts", 0, 2000, padding: 1024);
        var database = new TaskCompletionSource();
        var sink = new RecordingSink { OnDeliver = (_, _) => database.Task };
        await StartAsync(PlainSettings with { MaxBufferedBytes = 200 * 1024 }, sink);
        await sink.UntilAsync(() => sink.Last.Partitions.Any(p => p.InFlight > 10), "it hangs");
        await AssertQuietAsync();
        database.SetResult();
    }

    [Fact]
    public async Task Nothing_to_read_costs_next_to_nothing()
    {
        await ReadingAsync();
        await AssertQuietAsync();
    }

    private StreamSettings PlainSettings => Settings("alerts") with
    {
        // As users have it: our own pace of trying, not that of the other tests.
        Client = new Dictionary<string, string> { ["bootstrap.servers"] = Kafka.BootstrapServers },
    };

    private async Task<RecordingSink> ReadingAsync()
    {
        Kafka.CreateTopic("alerts", 4);
        await PublishAsync("alerts", 0, 10);
        var sink = new RecordingSink();
        await StartAsync(PlainSettings, sink);
        await sink.UntilAsync(() => sink.Count == 10, "all are delivered");
        return sink;
    }

    private static async Task AssertQuietAsync()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(Span, TestContext.Current.CancellationToken);
        process.Refresh();
        var used = process.TotalProcessorTime - before;
        TestContext.Current.SendDiagnosticMessage($"{used.TotalMilliseconds:F0} ms");
        Assert.True(used < Span * 0.2, $"{used.TotalMilliseconds:F0} ms of processor time in {Span.TotalSeconds} s");
    }
}
