using System.Net.Http.Headers;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Connections to Hermes. One of its own for each request: one that went stale in a pool would turn a mere close into an answer that nobody got. Redirects are not followed: .NET turns
/// a redirected POST into a GET, which Hermes answers with 200.
/// </summary>
internal sealed class HermesHttp : IDisposable
{
    private const long LargestAnswer = 16 * 1024 * 1024;

    private readonly DestinationOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public HermesHttp(DestinationOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero };
        _http = new HttpClient(handler) { BaseAddress = options.BaseUrl, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TomOrleans", typeof(HermesHttp).Assembly.GetName().Version?.ToString(3)));
        if (options.ApiKey is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", key);
        }
    }

    /// <summary>Throws <see cref="HermesSilentException"/> when no whole answer came, whatever the cause.</summary>
    public async Task<HermesReply> SendAsync(HttpMethod method, string path, HttpContent? content, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsStringAsync(either.Token);
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, WithoutSecret(body), RetryAfter(response));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            var what = fault is OperationCanceledException ? $"no answer within {timeout.TotalSeconds:0.#} s" : WithoutSecret(Innermost(fault).Message);
            throw new HermesSilentException(what, fault);
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null
        : (header.Delta ?? header.Date - _time.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait
        : null;

    private string WithoutSecret(string text) => _options.ApiKey is { Length: > 0 } key ? text.Replace(key, "***", StringComparison.Ordinal) : text;

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}

/// <summary>An answer, read to its end. No secret in it.</summary>
internal sealed record HermesReply(int Status, string? ContentType, string Body, TimeSpan? RetryAfter)
{
    private const int LongestShown = 4000;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>For the record of a try: status, media type and body, shortened.</summary>
    public string Shown => $"{Status} {ContentType}\n{(Body.Length <= LongestShown ? Body : $"{Body.AsSpan(0, LongestShown)} ... ({Body.Length} characters)")}";
}

/// <summary>No whole answer came. The message is for a person, without secrets.</summary>
internal sealed class HermesSilentException(string message, Exception inner) : Exception(message, inner);
