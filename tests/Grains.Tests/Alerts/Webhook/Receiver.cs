using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TomOrleans.Grains.Tests.Sharing.Hermes;

namespace TomOrleans.Grains.Tests.Alerts.Webhook;

/// <summary>Somebody who gets webhooks, on a port of this host, and answers as the test wants.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private Receiver(LoopbackServer server) => _server = server;

    public Uri Url => new(_server.Url, "hook?for=tom");

    public ConcurrentQueue<Post> Posts { get; } = new();

    /// <summary>How a POST is answered; 204 unless the test says otherwise.</summary>
    public Func<Post, HttpContext, Task> Answer { get; set; } = Well;

    public static async Task<Receiver> StartAsync()
    {
        Receiver receiver = null!;
        receiver = new(await LoopbackServer.StartAsync(context => receiver.TakeAsync(context)));
        return receiver;
    }

    public static Task Well(Post post, HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static Func<Post, HttpContext, Task> Says(int status, string words = "", string? retryAfter = null) => async (_, context) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.WriteAsync(words);
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var post = new Post(
            $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        Posts.Enqueue(post);
        await Answer(post, context);
    }
}

/// <summary>One request.</summary>
internal sealed record Post(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The offsets of its alerts.</summary>
    public IEnumerable<long> Offsets => Json.GetProperty("alerts").EnumerateArray().Select(alert => long.Parse(alert.GetProperty("offset").GetString()!));
}
