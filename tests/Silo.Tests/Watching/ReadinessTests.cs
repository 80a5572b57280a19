using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Alerts;
using TomOrleans.Silo.Tests.Security;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Silo.Tests.Watching;

/// <summary><c>/readyz</c> tells of the silo that is asked, and of no other.</summary>
public sealed class ReadinessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_silo_without_its_broker_is_not_ready_whatever_the_others_report()
    {
        await using var silo = new InProcessSilo { Settings = Streams("127.0.0.1:9") };
        await silo.InitializeAsync();
        await silo.App.Services.GetRequiredService<IGrainFactory>().Stream("survey").ReportAsync("another", new("connected", [], []));

        var (status, text) = await AskAsync(silo);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("not ready: stream survey: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_is_connected_is_ready_while_another_has_lost_its_broker()
    {
        using var kafka = EmbeddedKafka.Start();
        kafka.CreateTopic("alerts", 1);
        await using var silo = new InProcessSilo { Settings = Streams(kafka.BootstrapServers) };
        await silo.InitializeAsync();
        await silo.App.Services.GetRequiredService<IGrainFactory>().Stream("survey").ReportAsync("another", new("waiting: cannot reach 10.0.0.9:9092", [], []));

        Assert.Equal("ready\n", (await ReadyAsync(silo)).Text);
    }

    [Fact]
    public async Task A_silo_whose_broker_has_no_heartbeats_any_more_is_ready_all_the_same()
    {
        using var kafka = EmbeddedKafka.Start();
        kafka.CreateTopic("alerts", 1);
        await using var silo = new InProcessSilo
        {
            Settings = Streams(kafka.BootstrapServers, topics: """ "alerts": "log", "gone": { "HANDLER": "heartbeat", "SILENT_AFTER": 1, "RECONNECT_AFTER": 1, "FAILING_AFTER": 1 } """),
        };
        await silo.InitializeAsync();
        var streams = silo.App.Services.GetRequiredService<LocalStreams>();
        using var end = new CancellationTokenSource(Limit);
        while (streams.StateOf("survey")?.StartsWith("failing: ", StringComparison.Ordinal) != true)
        {
            Assert.False(end.IsCancellationRequested, $"not failing within {Limit}: {streams.StateOf("survey")}");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync(silo));
    }

    [Fact]
    public async Task A_reload_that_failed_half_way_is_undone_by_taking_the_file_back()
    {
        using var kafka = EmbeddedKafka.Start();
        kafka.CreateTopic("alerts", 1);
        var right = Streams(kafka.BootstrapServers);
        await using var silo = new InProcessSilo { Settings = right };
        await silo.InitializeAsync();
        await ReadyAsync(silo);
        var tom = silo.App.Services.GetRequiredService<IGrainFactory>().Tom();

        // librdkafka takes each of the values, and not the two together: only the start of that stream tells.
        silo.WriteSettings(Streams("127.0.0.1:9", Stream("impossible", "127.0.0.1:9", """ "CONFIG": { "session.timeout.ms": "40000", "max.poll.interval.ms": "30000" }, """)));
        for (var i = 0; i < 2; i++)
        {
            var failed = await tom.ReloadAsync(dryRun: false);
            Assert.Contains("max.poll.interval.ms", Assert.Single(failed.Faults), StringComparison.Ordinal);
            Assert.NotEmpty(failed.Changes);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(silo)).Status);
        silo.WriteSettings(right);
        Assert.Empty((await tom.ReloadAsync(dryRun: false)).Faults);

        Assert.Equal("ready\n", (await ReadyAsync(silo)).Text);
    }

    /// <summary>The broker says in its own time that it is there.</summary>
    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(InProcessSilo silo)
    {
        using var end = new CancellationTokenSource(Limit);
        var last = await AskAsync(silo);
        while (last.Status != HttpStatusCode.OK)
        {
            Assert.False(end.IsCancellationRequested, $"not ready within {Limit}: {last.Text}");
            await Task.Delay(25, TestContext.Current.CancellationToken);
            last = await AskAsync(silo);
        }

        return last;
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(InProcessSilo silo)
    {
        using var http = new HttpClient { BaseAddress = silo.Address };
        using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Streams(string servers, string more = "", string topics = """ "alerts": "log" """) => $$""" "ALERT_STREAMS": [{{Stream("survey", servers, topics: topics)}}{{(more.Length > 0 ? ", " : "")}}{{more}}], """;

    private static string Stream(string id, string servers, string options = "", string topics = """ "alerts": "log" """) => $$"""
        { "NAME": "kafka", "ID": "{{id}}", "OPTIONS": { {{options}} "BOOTSTRAP_SERVERS": "{{servers}}", "GROUP_ID": "{{id}}", "TOPIC_HANDLERS": { {{topics}} } } }
        """;
}
