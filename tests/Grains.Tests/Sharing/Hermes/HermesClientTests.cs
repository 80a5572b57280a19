using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Hermes;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

public sealed class HermesClientTests
{
    private const string ApiKey = "0123456789abcdef0123456789abcdef01234567";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"title":"T"}""");

    [Fact]
    public async Task Stored_bytes_go_out_as_they_are_under_the_token()
    {
        var seen = new TaskCompletionSource<(string Line, IHeaderDictionary Headers, byte[] Body)>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            seen.SetResult(($"{context.Request.Method} {context.Request.Path}", (IHeaderDictionary)new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
            await context.Response.WriteAsJsonAsync(new { uuid = Guid.Empty });
        });

        Assert.IsType<SendOutcome.Delivered>(await SubmitAsync(server.Url));

        var request = await seen.Task;
        Assert.Equal("POST /api/v0/submit_message/", request.Line);
        Assert.Equal(Body, request.Body);
        Assert.Equal($"Token {ApiKey}", request.Headers.Authorization);
        Assert.Equal("application/json", request.Headers.Accept);
        Assert.Equal("application/json", request.Headers.ContentType);
        Assert.Equal(Body.Length, request.Headers.ContentLength);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        var requests = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            context.Response.Redirect("/elsewhere/");
            return Task.CompletedTask;
        });

        Assert.IsType<SendOutcome.Refused>(await SubmitAsync(server.Url));
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Server_that_is_away_is_tried_again_as_nothing_can_have_left()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var url = new Uri($"http://{port.LocalEndpoint}/");
        port.Stop();

        Assert.Contains("cannot be reached", Assert.IsType<SendOutcome.Retry>(await SubmitAsync(url)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_without_the_right_TLS_is_tried_again_as_nothing_can_have_left()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);

        Assert.IsType<SendOutcome.Retry>(await SubmitAsync(new Uri($"https://{server.Url.Authority}/")));
    }

    [Fact]
    public async Task Host_that_takes_the_connection_and_never_speaks_is_tried_again()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();

        Assert.IsType<SendOutcome.Retry>(await SubmitAsync(new Uri($"https://{port.LocalEndpoint}/"), TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task Answer_that_does_not_come_in_time_leaves_doubt()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var outcome = await SubmitAsync(server.Url, TimeSpan.FromMilliseconds(200));

        Assert.Equal("no answer within 0.2 s: Hermes may or may not have published it", Assert.IsType<SendOutcome.Ambiguous>(outcome).Reason);
    }

    [Fact]
    public async Task Connection_lost_after_sending_leaves_doubt()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Abort();
        });

        Assert.IsType<SendOutcome.Ambiguous>(await SubmitAsync(server.Url));
    }

    [Fact]
    public async Task Answer_cut_off_in_its_middle_leaves_doubt()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"uuid":""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.IsType<SendOutcome.Ambiguous>(await SubmitAsync(server.Url));
    }

    [Fact]
    public async Task Retry_after_is_read_as_seconds_and_as_a_date()
    {
        var header = "17";
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });

        Assert.Equal(TimeSpan.FromSeconds(17), Assert.IsType<SendOutcome.Retry>(await SubmitAsync(server.Url)).RetryAfter);
        header = DateTimeOffset.UtcNow.AddMinutes(10).ToString("R");
        Assert.InRange(Assert.IsType<SendOutcome.Retry>(await SubmitAsync(server.Url)).RetryAfter!.Value.TotalMinutes, 9, 10);
        header = DateTimeOffset.UtcNow.AddMinutes(-10).ToString("R");
        Assert.Null(Assert.IsType<SendOutcome.Retry>(await SubmitAsync(server.Url)).RetryAfter);
    }

    [Fact]
    public async Task Token_that_the_answer_repeats_is_not_kept()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsJsonAsync(new { detail = $"Bad header: {context.Request.Headers.Authorization}" });
        });

        var words = Assert.IsType<SendOutcome.Refused>(await SubmitAsync(server.Url)).Words;

        Assert.DoesNotContain(ApiKey, words, StringComparison.Ordinal);
        Assert.Contains("***", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writable_topics_are_asked_for_once()
    {
        var requests = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            Assert.Equal("/api/v0/profile/", context.Request.Path);
            return context.Response.WriteAsJsonAsync(new { writable_topics = new[] { "hermes.test", "tomtoolkit.test" } });
        });
        using var client = new HermesClient(Options(server.Url), TimeProvider.System);

        Assert.Equal(["hermes.test", "tomtoolkit.test"], await client.GetWritableTopicsAsync(default));
        Assert.Equal(["hermes.test", "tomtoolkit.test"], await client.GetWritableTopicsAsync(default));
        Assert.Equal(1, requests);
    }

    [Theory]
    [InlineData(200, """{"writable_topics":[]}""")]
    [InlineData(200, """{"writable_topics":null}""")]
    [InlineData(200, "[]")]
    [InlineData(200, "<html>")]
    [InlineData(403, """{"detail":"Invalid token."}""")]
    public async Task Profile_without_topics_means_unknown_and_is_asked_for_again(int status, string answer)
    {
        var requests = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer);
        });
        using var client = new HermesClient(Options(server.Url), TimeProvider.System);

        Assert.Empty(await client.GetWritableTopicsAsync(default));
        Assert.Empty(await client.GetWritableTopicsAsync(default));
        Assert.Equal(2, requests);
    }

    [Theory]
    [InlineData(200, """{"writable_topics":[]}""")]
    [InlineData(500, "<html>")]
    public async Task Writable_topics_that_are_known_stay_so_while_Hermes_does_not_tell(int status, string answer)
    {
        var isFirst = true;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = isFirst ? 200 : status;
            return context.Response.WriteAsync(isFirst ? """{"writable_topics":["hermes.test"]}""" : answer);
        });
        var time = new FakeTimeProvider();
        using var client = new HermesClient(Options(server.Url), time);
        Assert.Equal(["hermes.test"], await client.GetWritableTopicsAsync(default));
        isFirst = false;
        time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(["hermes.test"], await client.GetWritableTopicsAsync(default));
    }

    [Fact]
    public void Options_tell_their_place_but_no_secret()
    {
        var options = new DestinationOptions { Name = "hermes", BaseUrl = new Uri("https://someone:geheim@hermes.lco.global/root?key=geheim"), ApiKey = ApiKey };

        Assert.DoesNotContain("geheim", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey, options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey, System.Text.Json.JsonSerializer.Serialize(options), StringComparison.Ordinal);
    }

    private static async Task<SendOutcome> SubmitAsync(Uri url, TimeSpan? timeout = null)
    {
        using var client = new HermesClient(Options(url, timeout), TimeProvider.System);
        return await client.SubmitAsync(Body);
    }

    private static DestinationOptions Options(Uri url, TimeSpan? timeout = null) =>
        new() { Name = "hermes", BaseUrl = url, ApiKey = ApiKey, SendTimeout = timeout ?? TimeSpan.FromSeconds(60) };
}
