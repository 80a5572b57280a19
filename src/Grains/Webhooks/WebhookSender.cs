using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TomOrleans.Grains.Webhooks;

/// <summary>
/// POSTs signed JSON. Never follows redirects, keeps no cookies, and ends within the target's time-out whatever the receiver does. Faults of the receiver or of the way to it are
/// answers, never exceptions.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    /// <summary>Names what is sent, the same however often it is.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>So much of an answer is read, for its words [bytes].</summary>
    private const int MostRead = 4096;
    private const int LongestWords = 300;

    private readonly TimeProvider _time;

    /// <summary>This host is not behind a proxy.</summary>
    private readonly HttpClient _near = New(useProxy: false);
    private readonly HttpClient _far = New(useProxy: true);
    private readonly ConcurrentDictionary<Uri, WebhookPace> _paces = new();

    public WebhookSender(TimeProvider time) => _time = time;

    /// <summary>One POST, or none where the receiver is to be left alone just now.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="key">For <see cref="KeyHeader"/>.</param>
    /// <param name="body">JSON.</param>
    public async Task<WebhookAnswer> PostAsync(WebhookTarget target, string key, ReadOnlyMemory<byte> body)
    {
        var pace = _paces.GetOrAdd(target.Url, _ => new(_time));
        if (pace.Wait() is { } reason)
        {
            return new WebhookAnswer.Unavailable(reason);
        }

        var answer = await SendAsync(target, key, body);
        if (answer is WebhookAnswer.Unavailable unavailable)
        {
            return unavailable with { Words = pace.Fail(unavailable) };
        }

        pace.Well();
        return answer;
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }

    private async Task<WebhookAnswer> SendAsync(WebhookTarget target, string key, ReadOnlyMemory<byte> body)
    {
        using var deadline = new CancellationTokenSource(target.Timeout, _time);
        using var request = Request(target, key, body);
        try
        {
            using var response = await (target.Url.IsLoopback ? _near : _far).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return response.IsSuccessStatusCode
                ? new WebhookAnswer.Delivered()
                : WebhookAnswer.Of((int)response.StatusCode, await WordsAsync(target, response, deadline.Token), RetryAfter(response));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            var what = fault is OperationCanceledException ? $"did not answer within {target.Timeout.TotalSeconds:0.#} s" : $"cannot be reached: {OneLine.Of(Innermost(fault).Message)}";
            return new WebhookAnswer.Unavailable($"{target.Url.Authority} {what}");
        }
    }

    private HttpRequestMessage Request(WebhookTarget target, string key, ReadOnlyMemory<byte> body)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.TimeHeader, now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(target.Secret, now, body.Span));
        request.Headers.Add(KeyHeader, key);
        return request;
    }

    private static async Task<string> WordsAsync(WebhookTarget target, HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = $"{target.Url.Authority} answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        var buffer = new byte[MostRead];
        var read = 0;
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            read = await content.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, cancellation);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status says enough.
        }

        var words = OneLine.Of(Encoding.UTF8.GetString(buffer, 0, read).Replace(target.Secret, "***", StringComparison.Ordinal)).Trim();
        return OneLine.Of(words.Length == 0 ? status : $"{status}: {(words.Length > LongestWords ? words[..LongestWords] + "…" : words)}");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } header && (header.Delta ?? header.Date - _time.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait : null;

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;

    private static HttpClient New(bool useProxy)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            AutomaticDecompression = DecompressionMethods.None,

            // A receiver may move to another address.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TomOrleans", typeof(WebhookSender).Assembly.GetName().Version?.ToString(3)));
        return client;
    }
}
