using System.Net.Http.Headers;
using System.Text;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>No answer came: the other TOM cannot be reached, or fell silent. The message is for a person and holds no secret.</summary>
internal sealed class TomSilentException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The REST interface of another TOM over HTTP, with Basic credentials. Redirects are not followed: what they lead to would look like success. Connections are kept for the requests of a
/// part: a repeat is harmless there.
/// </summary>
internal sealed class TomClient : IDisposable
{
    /// <summary>The header by which a TomOrleans says that it takes many data at once.</summary>
    public const string BatchHeader = "TomOrleans-Batch";

    private const long LargestAnswer = 16 * 1024 * 1024;

    private readonly DestinationOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public TomClient(DestinationOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) };
        _http = new HttpClient(handler) { BaseAddress = options.BaseUrl, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TomOrleans", typeof(TomClient).Assembly.GetName().Version?.ToString(3)));
        if (options.UserName is { } user)
        {
            _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")));
        }
    }

    /// <summary>Throws <see cref="TomSilentException"/> when no answer comes.</summary>
    /// <param name="method">GET, POST, PATCH.</param>
    /// <param name="path">Below BASE_URL, with its closing slash and query.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="deadline">When we give up.</param>
    public async Task<TomAnswer> AskAsync(HttpMethod method, string path, string? body, CancellationToken deadline)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await SendAsync(method, path, content, deadline);
    }

    /// <summary>The same with content of any kind.</summary>
    public async Task<TomAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken deadline)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        try
        {
            using var response = await _http.SendAsync(request, deadline);
            var text = await response.Content.ReadAsStringAsync(deadline);
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, WithoutSecret(text), response.Headers.Location?.OriginalString, RetryAfter(response))
            {
                TakesBatches = response.Headers.Contains(BatchHeader),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            throw new TomSilentException(fault is OperationCanceledException ? $"no answer within {_options.SendTimeout.TotalSeconds:0.#} s" : WithoutSecret(Innermost(fault).Message), fault);
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null
        : (header.Delta ?? header.Date - _time.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait
        : null;

    private string WithoutSecret(string text) => _options.Password is { Length: > 0 } password ? text.Replace(password, "***", StringComparison.Ordinal) : text;

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
