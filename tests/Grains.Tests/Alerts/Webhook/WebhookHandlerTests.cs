using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;

namespace TomOrleans.Grains.Tests.Alerts.Webhook;

/// <summary>The handler <c>webhook</c> in a TOM that reads a Kafka, with a receiver behind a real socket.</summary>
public sealed class WebhookHandlerTests
{
    private const string Secret = "0123456789abcdef-of-the-test";

    [Fact]
    public async Task Messages_arrive_in_order_signed_and_named_with_json_text_or_bytes()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tom = await LiveTom.StartAsync(handlers: [Log, Webhook(receiver)]);
        await tom.PublishAsync(Encoding.UTF8.GetBytes("""{"title":"A","data":{}}"""), ("_id", Enumerable.Range(1, 16).Select(i => (byte)i).ToArray()), ("_sender", "anna"u8.ToArray()), ("_format", "json"u8.ToArray()));
        await tom.PublishAsync(Encoding.UTF8.GetBytes("a text of two\nlines"));
        await tom.PublishAsync([0xff, 0x00, 0xfe]);
        await tom.WhenAsync(status => Books(status).Handled == 3, "three handled");

        var posts = receiver.Posts.ToArray();
        Assert.Equal([0, 1, 2], posts.SelectMany(post => post.Offsets));
        foreach (var post in posts)
        {
            Assert.Equal("POST /hook?for=tom", post.Line);
            Assert.Equal("application/json", post.Headers["Content-Type"]);
            var stamp = post.Headers["X-Tom-Timestamp"];
            Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(stamp)), DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddSeconds(1));
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.ASCII.GetBytes($"{stamp}."), .. post.Body]);
            Assert.Equal($"sha256={Convert.ToHexStringLower(mac)}", post.Headers["X-Tom-Signature"]);
            var offsets = post.Offsets.ToArray();
            Assert.Equal($"live/alerts/0/{(offsets.Length == 1 ? $"{offsets[0]}" : $"{offsets[0]}-{offsets[^1]}")}/hook", post.Headers["Idempotency-Key"]);
            Assert.Equal(("A TOM", "live", "alerts", 0, "hook"), (
                post.Json.GetProperty("tom").GetString(), post.Json.GetProperty("stream").GetString(), post.Json.GetProperty("topic").GetString(),
                post.Json.GetProperty("partition").GetInt32(), post.Json.GetProperty("handler").GetString()));
        }

        var alerts = posts.SelectMany(post => post.Json.GetProperty("alerts").EnumerateArray()).ToArray();
        Assert.Equal("A", alerts[0].GetProperty("json").GetProperty("title").GetString());
        Assert.Equal(("live/alerts/0/0/hook", "01020304-0506-0708-090a-0b0c0d0e0f10", "anna"), (
            alerts[0].GetProperty("key").GetString(), alerts[0].GetProperty("messageId").GetString(), alerts[0].GetProperty("sender").GetString()));
        Assert.Equal("a text of two\nlines", alerts[1].GetProperty("text").GetString());
        Assert.Equal("/wD+", alerts[2].GetProperty("base64").GetString());
    }

    [Fact]
    public async Task A_message_that_is_refused_is_parked_with_the_receivers_words_the_others_go_on_and_a_retry_brings_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var isMended = false;
        receiver.Answer = (post, context) => !isMended && post.Offsets.Contains(2) ? Receiver.Says(422, $"no such field\n{Secret}")(post, context) : Receiver.Well(post, context);
        await using var tom = await LiveTom.StartAsync(handlers: [Log, Webhook(receiver)]);
        for (var i = 0; i < 5; i++)
        {
            await tom.PublishAsync(Encoding.UTF8.GetBytes($"message {i}"));
        }

        var status = await tom.WhenAsync(seen => Books(seen) is { Handled: 4, Parked: 1 }, "four handled, one parked");
        Assert.Equal("live", Hook(status).State);
        var parked = Assert.Single((await tom.Cluster.Client.Parked().ListAsync(new())).Messages);
        Assert.Equal(2, parked.Location.Offset);
        Assert.Equal($"{receiver.Url.Authority} answered 422 Unprocessable Entity: no such field ***", parked.Reason);
        Assert.NotNull(parked.NextTryMicroseconds);

        isMended = true;
        Assert.Equal(1, (await tom.Cluster.Client.Parked().RetryAsync(new() { Ids = [parked.Id] })).Handled);
        Assert.Equal("live/alerts/0/2/hook", receiver.Posts.Last().Headers["Idempotency-Key"]);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task While_the_receiver_cannot_be_had_the_handler_waits_visibly_nothing_is_parked_and_the_others_go_on(int answer)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.Says(answer, "not now", retryAfter: "2");
        await using var tom = await LiveTom.StartAsync(handlers: [Log, Webhook(receiver)]);
        await tom.PublishAsync(8);

        var status = await tom.WhenAsync(
            seen => seen.Handlers.Single(handler => handler.Handler == "log").Books.Handled == 8 && Hook(seen).State.Contains($"answered {answer}", StringComparison.Ordinal),
            "the log has all and the webhook says why it waits");
        Assert.StartsWith("failing: ", Hook(status).State, StringComparison.Ordinal);
        Assert.Contains("next try at 20", Hook(status).State, StringComparison.Ordinal);
        Assert.DoesNotContain("for=tom", Hook(status).State, StringComparison.Ordinal);
        Assert.Equal((0, 0), (Books(status).Parked, Books(status).Handled));
        var asked = receiver.Posts.Count;
        Assert.InRange(asked, 1, 12);

        receiver.Answer = Receiver.Well;
        status = await tom.WhenAsync(seen => Books(seen).Handled == 8, "all arrive");
        Assert.Equal(0, Books(status).Parked);
        await tom.WhenAsync(seen => Hook(seen).State == "live", "it is live again");
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_after_the_time_out_and_what_it_had_before_is_not_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var hangs = true;
        receiver.Answer = (post, context) => hangs && post.Offsets.Contains(3) ? Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted) : Receiver.Well(post, context);
        await using var tom = await LiveTom.StartAsync(handlers: [Webhook(receiver, batch: 1, timeout: 0.5)]);
        for (var i = 0; i < 5; i++)
        {
            await tom.PublishAsync(Encoding.UTF8.GetBytes($"message {i}"));
        }

        await tom.WhenAsync(seen => Hook(seen).State.Contains("did not answer within 0.5 s", StringComparison.Ordinal), "the time-out shows");
        hangs = false;
        await tom.WhenAsync(seen => Books(seen) is { Handled: 5, Parked: 0 }, "all arrive");

        var offsets = receiver.Posts.SelectMany(post => post.Offsets).ToArray();
        Assert.Equal([0, 1, 2, 3, 4], offsets.Distinct());
        Assert.All(offsets.CountBy(offset => offset).Where(count => count.Key != 3), count => Assert.Equal(1, count.Value));
    }

    [Fact]
    public async Task A_seek_while_the_receiver_is_away_sends_again_what_it_had_before()
    {
        await using var receiver = await Receiver.StartAsync();
        var isAway = true;
        receiver.Answer = (post, context) => isAway && post.Offsets.Contains(2) ? Receiver.Says(503, retryAfter: "1")(post, context) : Receiver.Well(post, context);
        await using var tom = await LiveTom.StartAsync(handlers: [Webhook(receiver, batch: 1)]);
        for (var i = 0; i < 4; i++)
        {
            await tom.PublishAsync(Encoding.UTF8.GetBytes($"message {i}"));
        }

        await tom.WhenAsync(seen => Hook(seen).State.Contains("answered 503", StringComparison.Ordinal), "it waits");
        await tom.Cluster.Client.Topic(LiveTom.Name).SeekAsync(new("hook", SeekTo.Offset, 0));
        await tom.WhenAsync(_ => receiver.Posts.Count(post => post.Offsets.Contains(0)) == 2, "the first message is sent again");

        isAway = false;
        await tom.WhenAsync(seen => Books(seen).Behind == 0 && Books(seen).InFlight == 0, "all arrive");
        Assert.Equal([0, 1, 2, 3], receiver.Posts.SelectMany(post => post.Offsets).Distinct().Order());
        Assert.All([0L, 1L], offset => Assert.Equal(2, receiver.Posts.Count(post => post.Offsets.Contains(offset))));
    }

    private static readonly HandlerDefinition Log = new() { Id = "log", Name = "log" };

    private static HandlerDefinition Webhook(Receiver receiver, int batch = 100, double timeout = 10) => new()
    {
        Id = "hook",
        Name = "webhook",
        Options = ImmutableDictionary.CreateRange<string, string>(
            [new("URL", receiver.Url.AbsoluteUri), new("SECRET", Secret), new("TIMEOUT", FormattableString.Invariant($"{timeout}")), new("BATCH", $"{batch}")]),
    };

    private static HandlerStatus Hook(TopicStatus status) => status.Handlers.Single(handler => handler.Handler == "hook");

    private static Books Books(TopicStatus status) => Hook(status).Books;
}
