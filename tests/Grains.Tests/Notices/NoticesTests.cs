using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Alerts;
using TomOrleans.Grains.Notices;
using TomOrleans.Grains.Tests.Alerts;
using TomOrleans.Grains.Tests.Alerts.Webhook;
using TomOrleans.Notices;

namespace TomOrleans.Grains.Tests.Notices;

/// <summary>Notices of a TOM that reads a Kafka, with somebody behind a real socket who is told.</summary>
public sealed class NoticesTests
{
    private const string Secret = "0123456789abcdef-of-the-test";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Newly_parked_messages_reach_a_person_once_signed_and_again_when_they_are_over()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tom = await LiveTom.StartAsync(Options(receiver, TimeSpan.FromMilliseconds(1)));
        tom.Mood.Expect(_ => Task.FromResult(Verdict.Parked("a bad\nrow")));
        await tom.PublishAsync(40);
        await tom.WhenAsync(status => status.Handlers.Single(handler => handler.Handler == "moody").Books.Parked == 40, "40 parked");

        var notice = await WhenAsync(tom, notices => notices.SingleOrDefault(notice => notice.Count == 40));
        Assert.Equal(("parked", "live/alerts/moody", NoticeLevel.Warning, "40 messages of live/alerts parked for moody; the last: a bad row"), (notice.Kind, notice.Subject, notice.Level, notice.Text));
        Assert.True(notice.IsNew);
        Assert.Contains(notice.Id, (await tom.Cluster.Client.Tom().GetStatusAsync()).Notices.Select(shown => shown.Id));
        await UntilAsync(() => receiver.Posts.Any(post => Counts(post).Contains(40)));

        // A notice for the topic, not one a message.
        Assert.InRange(receiver.Posts.Count, 1, 10);
        var post = receiver.Posts.Last();
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.ASCII.GetBytes($"{post.Headers["X-Tom-Timestamp"]}."), .. post.Body]);
        Assert.Equal($"sha256={Convert.ToHexStringLower(mac)}", post.Headers["X-Tom-Signature"]);
        Assert.Equal($"A TOM: {notice.Text}", post.Json.GetProperty("text").GetString());
        Assert.Equal("open", post.Json.GetProperty("notices")[0].GetProperty("state").GetString());

        Assert.Equal(1, await tom.Cluster.Client.Notices().SeenAsync([]));
        Assert.Equal(0, await tom.Cluster.Client.Notices().SeenAsync([notice.Id]));
        var refusal = await Assert.ThrowsAsync<TomException>(() => tom.Cluster.Client.Notices().SeenAsync([notice.Id + 1_000]));
        Assert.Equal(TomFault.NotFound, refusal.Fault);
        Assert.False((await WhenAsync(tom, notices => notices.Single())).IsNew);

        tom.Mood.Expect(_ => Task.FromResult(Verdict.Handled));
        await tom.Cluster.Client.Parked().RetryAsync(new() { All = true });
        await WhenAsync(tom, notices => notices.SingleOrDefault(shown => !shown.IsOpen));
        await UntilAsync(() => receiver.Posts.Last().Json.GetProperty("notices")[0].GetProperty("state").GetString() == "over");
        Assert.Empty((await tom.Cluster.Client.Tom().GetStatusAsync()).Notices);
    }

    [Fact]
    public async Task Of_one_thing_the_webhook_is_told_no_more_often_than_REPEAT_and_what_it_does_not_take_is_told_later_and_shown()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.Says(500, "out of order");
        await using var tom = await LiveTom.StartAsync(Options(receiver, TimeSpan.FromHours(1)));
        tom.Mood.Expect(_ => Task.FromResult(Verdict.Parked("bad")));
        await tom.PublishAsync(4);

        var trouble = await WhenAsync(tom, notices => notices.SingleOrDefault(notice => notice.Kind == "notices"));
        Assert.StartsWith($"Notices cannot be sent: {receiver.Url.Authority} answered 500 Internal Server Error: out of order", trouble.Text, StringComparison.Ordinal);

        receiver.Answer = Receiver.Well;
        receiver.Posts.Clear();
        await UntilAsync(() => receiver.Posts.Any(post => Counts(post).Contains(4)));
        await WhenAsync(tom, notices => notices.SingleOrDefault(notice => notice is { Kind: "notices", IsOpen: false }));

        await tom.PublishAsync(4);
        await WhenAsync(tom, notices => notices.SingleOrDefault(notice => notice.Count == 8));
        var looks = receiver.Posts.Count;
        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (looks, receiver.Posts.Count));
    }

    [Fact]
    public async Task A_stream_that_is_refused_and_one_that_is_silent_are_told_of()
    {
        await using var tom = await LiveTom.StartAsync(new NoticeOptions { Period = TimeSpan.FromMilliseconds(200) });
        await tom.WhenAsync(status => status.Partitions.Length == 4, "it reads");
        var stream = tom.Cluster.Client.Stream("live");

        await stream.ReportAsync("another silo", new("refused: SASL authentication error", [], []));
        var refused = await WhenAsync(tom, notices => notices.SingleOrDefault(notice => notice.Kind == "stream"));
        Assert.Equal((NoticeLevel.Alarm, "live", "The stream live is refused: SASL authentication error"), (refused.Level, refused.Subject, refused.Text));

        await stream.ReportAsync("another silo", new("silent: no heartbeat on sys.heartbeat", [], []));
        await WhenAsync(tom, notices => notices.SingleOrDefault(notice => notice is { Kind: "stream", Level: NoticeLevel.Warning }));

        await stream.ReportAsync("another silo", new("connected", [], []));
        await WhenAsync(tom, notices => notices.SingleOrDefault(notice => notice is { Kind: "stream", IsOpen: false }));
    }

    [Fact]
    public async Task A_handler_that_fails_and_a_topic_that_waits_are_told_of_after_a_minute_and_what_a_person_paused_is_not()
    {
        var time = new FakeTimeProvider();
        await using var tom = await LiveTom.StartAsync(new NoticeOptions { Period = TimeSpan.FromHours(1) });
        var scout = ActivatorUtilities.CreateInstance<NoticeScout>(tom.Cluster.Silos[0].ServiceProvider, time);
        tom.Mood.Expect(_ => Task.FromException<Verdict>(new IOException("the disk is full")));
        await tom.PublishAsync(4);
        await tom.WhenAsync(status => status.Handlers.Any(handler => handler.State.StartsWith("failing", StringComparison.Ordinal)), "moody fails");

        await UntilAsync(async () =>
        {
            Assert.Empty(await scout.LookAsync());
            return (await tom.Cluster.Client.Stream("live").GetTroublesAsync()).Any(trouble => trouble.Handler == "moody");
        });
        Assert.Empty(await scout.LookAsync());
        time.Advance(TimeSpan.FromMinutes(1));
        var condition = Assert.Single(await scout.LookAsync());
        Assert.Equal(("handler", "live/alerts/moody", NoticeLevel.Alarm), (condition.Kind, condition.Subject, condition.Level));
        Assert.StartsWith("The handler moody of live/alerts is failing: ", condition.Text, StringComparison.Ordinal);

        await tom.Cluster.Client.Topic(LiveTom.Name).PauseAsync(null);
        await UntilAsync(async () => (await tom.Cluster.Client.Stream("live").GetTroublesAsync()).IsEmpty);
        Assert.Empty(await scout.LookAsync());
    }

    private static NoticeOptions Options(Receiver receiver, TimeSpan repeat) => new()
    {
        Webhook = new(receiver.Url, Secret, TimeSpan.FromSeconds(10)),
        Repeat = repeat,
        Period = TimeSpan.FromMilliseconds(200),
    };

    private static IEnumerable<int> Counts(Post post) => post.Json.GetProperty("notices").EnumerateArray().Select(notice => notice.GetProperty("count").GetInt32());

    private static async Task<Notice> WhenAsync(LiveTom tom, Func<IEnumerable<Notice>, Notice?> found)
    {
        Notice? notice = null;
        await UntilAsync(async () => (notice = found(await tom.Cluster.Client.Notices().ListAsync())) is not null);
        return notice!;
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await holds())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
