using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>One request from its bytes to its answer: records it, lets a fault that lies ahead take effect, asks the <see cref="Dispatcher"/>, writes.</summary>
internal sealed class Conversation(Dispatcher dispatcher, TimeProvider time, CancellationToken stopping)
{
    public StandInRequests Requests { get; } = new();

    public StandInFaults Faults { get; } = new();

    public async Task HoldAsync(HttpContext context)
    {
        context.Response.Headers.Server = Pages.ServerName;
        var path = context.Request.Path.Value ?? "/";
        byte[] body;
        try
        {
            body = await ReadAsync(context.Request);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await WriteAsync(context, Answer.Html(413, Pages.Plain("413 Request Entity Too Large", "")));
            return;
        }

        var fault = path.StartsWith(Dispatcher.Prefix, StringComparison.Ordinal) ? Faults.Take(path[Dispatcher.Prefix.Length..]) : null;
        Requests.Add(new StandInRequest(
            context.Request.Method, path + context.Request.QueryString, Encoding.UTF8.GetString(body), context.Request.Headers.Authorization.Count > 0));
        if (await AnswerAsync(context, body, fault) is { } answer)
        {
            await WriteAsync(context, answer);
        }
    }

    /// <summary>Null when there is to be no answer.</summary>
    private async Task<Answer?> AnswerAsync(HttpContext context, byte[] body, Fault? fault)
    {
        if (fault?.Kind == FaultKind.Slow)
        {
            await Task.Delay(fault.Delay, time, stopping);
        }

        if (fault is null or { Kind: FaultKind.Slow })
        {
            return await dispatcher.AnswerAsync(context.Request, body);
        }

        if (fault.Kind == FaultKind.DropConnection)
        {
            var isLate = fault.Delay > TimeSpan.Zero;
            if (fault.Published && !isLate)
            {
                await dispatcher.AnswerAsync(context.Request, body);
            }

            // The request stays alive for us when the connection is gone.
            context.Abort();
            if (fault.Published && isLate)
            {
                await Task.Delay(fault.Delay, time, CancellationToken.None);
                await dispatcher.AnswerAsync(context.Request, body);
            }

            return null;
        }

        if (fault.Published)
        {
            await dispatcher.AnswerAsync(context.Request, body);
        }

        switch (fault.Kind)
        {
            case FaultKind.TooManyRequests:
                var seconds = ((int)Math.Ceiling(fault.Delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                var page = Answer.Html(429, Pages.Plain("429 Too Many Requests", ""));
                return page with { Headers = new Dictionary<string, string> { ["Retry-After"] = seconds } };
            case FaultKind.WithoutUuid:
                return Answer.Json(200, WireReader.Read(body));
            case FaultKind.Hang:
                await HangAsync(context);
                return null;
            case FaultKind.Unavailable:
                return Answer.Html(503, Pages.Plain("503 Service Unavailable", ""));
            default:
                return Answer.ServerError();
        }
    }

    private async Task HangAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        context.Abort();
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}
