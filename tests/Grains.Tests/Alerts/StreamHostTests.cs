using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Alerts;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Streams that are taken over by a running silo: what stops badly or does not start is not dead for good.</summary>
public sealed class StreamHostTests
{
    private static readonly HashSet<string> Changed = [LiveTom.Name.Stream];
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_stream_that_could_not_be_started_is_started_when_the_order_is_repeated()
    {
        await using var tom = await LiveTom.StartAsync(1, new HandlerDefinition { Id = "log", Name = "log" });
        var host = HostOf(tom);
        var unacceptable = tom.Stream with { Settings = tom.Stream.Settings with { Client = new Dictionary<string, string>(tom.Stream.Settings.Client) { ["no.such.property"] = "1" } } };
        var refusal = await Assert.ThrowsAsync<TomException>(() => host.ReplaceAsync([unacceptable], Changed, StopLimit));
        Assert.Contains("no.such.property", refusal.Message, StringComparison.Ordinal);

        await host.ReplaceAsync([tom.Stream], new HashSet<string>(), StopLimit);

        await tom.PublishAsync(8);
        await tom.WhenAsync(topic => topic.Handlers.Any(handler => handler.Books.Handled == 8), "what was published, handled");
    }

    [Fact]
    public async Task A_handler_that_hangs_through_the_stop_does_not_keep_the_stream_from_starting()
    {
        await using var tom = await LiveTom.StartAsync(1, new HandlerDefinition { Id = "log", Name = "log" }, new HandlerDefinition { Id = "moody", Name = "moody" });
        var answer = await HangAsync(tom);

        // The limit of the stop is over before it begins.
        await HostOf(tom).ReplaceAsync([tom.Stream], Changed, TimeSpan.Zero);

        answer.SetResult(TomOrleans.Alerts.Verdict.Handled);
        await tom.PublishAsync(7);
        await tom.WhenAsync(topic => topic.Handlers.Any(handler => handler.Handler == "log" && handler.Books.Handled >= 8), "what was published, handled");
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_while_it_takes_streams_over_does_not_wait_for_a_handler_that_hangs()
    {
        await using var tom = await LiveTom.StartAsync(1, new HandlerDefinition { Id = "log", Name = "log" }, new HandlerDefinition { Id = "moody", Name = "moody" });
        var answer = await HangAsync(tom);
        var replaced = HostOf(tom).ReplaceAsync([tom.Stream], Changed, Timeout.InfiniteTimeSpan);
        Assert.False(replaced.IsCompleted);

        await HostOf(tom).StopAsync(CancellationToken.None).WaitAsync(StopLimit);

        var refusal = await Assert.ThrowsAsync<TomException>(() => replaced);
        Assert.Equal("This silo is stopping.", refusal.Message);
        answer.SetResult(TomOrleans.Alerts.Verdict.Handled);
    }

    /// <summary>From here on the moody handler is at its first message, until it is answered.</summary>
    private static async Task<TaskCompletionSource<TomOrleans.Alerts.Verdict>> HangAsync(LiveTom tom)
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource<TomOrleans.Alerts.Verdict>());
        tom.Mood.Expect(_ =>
        {
            asked.TrySetResult();
            return answer.Task;
        });
        await tom.PublishAsync(1);
        await asked.Task.WaitAsync(StopLimit);
        return answer;
    }

    private static StreamHost HostOf(LiveTom tom) => tom.Cluster.Silos[0].ServiceProvider.GetRequiredService<StreamHost>();
}
