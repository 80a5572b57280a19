using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Watching;

/// <summary>With nothing but OpenTelemetry's own environment variables figures and traces arrive, and a share is traced back to the message whose point it carries.</summary>
public sealed class OtlpTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-otlp-");

    [Fact]
    public async Task A_share_is_traced_back_to_the_message_whose_points_it_carries()
    {
        using var receiver = new OtlpReceiver();
        var ports = SiloPorts.Free();
        await using var silo = await SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), ports, environment: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "250",
        });
        await using var client = await TomClient.ConnectAsync(silo);
        await client.StatusWhenAsync(status => status.Targets > 0, "a target of the simulated sky", Limit);
        var console = new TomConsole(ports);
        foreach (var target in (await console.JsonAsync("targets")).GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("name").GetString()!).Take(3))
        {
            await console.JsonAsync("continuous", "add", target, "--to", "hermes:hermes.test");
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var end = new CancellationTokenSource(Limit);
        while (!IsTracedBack(receiver.Spans) || !receiver.Metrics.Contains("tom.alerts.messages"))
        {
            Assert.True(
                await timer.WaitForNextTickAsync(end.Token).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully, TaskScheduler.Default),
                $"no share was traced back to a message. Spans: {string.Join(", ", receiver.Spans.Select(span => span.Name).CountBy(name => name))}; metrics: {string.Join(", ", receiver.Metrics)}");
        }

        Assert.Contains("dotnet.process.memory.working_set", receiver.Metrics);
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("traces")]
    [InlineData("logs")]
    public async Task With_a_receiver_of_one_kind_that_kind_arrives_and_nothing_else_is_sent(string kind)
    {
        using var receiver = new OtlpReceiver();
        var variable = $"OTEL_EXPORTER_OTLP_{kind.ToUpperInvariant()}";
        await using var silo = await SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), SiloPorts.Free(), environment: new Dictionary<string, string>
        {
            [$"{variable}_ENDPOINT"] = new Uri(receiver.Endpoint, $"v1/{kind}").AbsoluteUri,
            [$"{variable}_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "250",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "250",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "250",
        });

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var end = new CancellationTokenSource(Limit);
        while (receiver.Kinds.Count == 0)
        {
            Assert.True(await timer.WaitForNextTickAsync(end.Token).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully, TaskScheduler.Default), $"no {kind} came");
        }

        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(40)));
        Assert.Equal([kind], receiver.Kinds);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A share begins or is linked with a span that stored points, in a trace that begins with messages of a topic.</summary>
    private static bool IsTracedBack(IReadOnlyCollection<ReceivedSpan> spans)
    {
        var byId = spans.DistinctBy(span => span.Id).ToDictionary(span => span.Id);
        return spans.Where(span => span.Name == "share hermes").SelectMany(share => share.Links).Any(link =>
            byId.TryGetValue(link, out var stored) && stored.Name == "record photometry"
            && byId.Values.Any(span => span.Trace == stored.Trace && span.Name.StartsWith("process ", StringComparison.Ordinal)));
    }
}
