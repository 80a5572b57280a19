using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Hermes over HTTP. A connection of its own for each request: one that went stale in a pool would turn a mere close into an answer that nobody got. Redirects are not followed: .NET turns
/// a redirected POST into a GET, which Hermes answers with 200.
/// </summary>
internal sealed class HermesClient : IDisposable
{
    private const string SubmitPath = "api/v0/submit_message/";
    private const string ProfilePath = "api/v0/profile/";
    private const long LargestAnswer = 16 * 1024 * 1024;
    private static readonly TimeSpan ProfileTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProfileLifetime = TimeSpan.FromHours(1);

    private readonly DestinationOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private (ImmutableArray<string> Topics, long Timestamp)? _writable;

    public HermesClient(DestinationOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero };
        _http = new HttpClient(handler) { BaseAddress = options.BaseUrl, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TomOrleans", typeof(HermesClient).Assembly.GetName().Version?.ToString(3)));
        if (options.ApiKey is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", key);
        }
    }

    /// <inheritdoc cref="IPhotometryDestination.SendAsync"/>
    public async Task<SendOutcome> SubmitAsync(ReadOnlyMemory<byte> body)
    {
        using var deadline = new CancellationTokenSource(_options.SendTimeout, _time);
        using var content = new SubmissionContent(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, SubmitPath) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token);
            var answer = await response.Content.ReadAsStringAsync(deadline.Token);
            return HermesAnswer.Classify((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, WithoutSecret(answer), RetryAfter(response));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            var what = fault is OperationCanceledException ? $"no answer within {_options.SendTimeout.TotalSeconds:0.#} s" : WithoutSecret(Innermost(fault).Message);
            return content.HasStarted
                ? new SendOutcome.Ambiguous($"{what}: Hermes may or may not have published it")
                : new SendOutcome.Retry($"{_options.BaseUrl.Authority} cannot be reached: {what}");
        }
    }

    /// <inheritdoc cref="IPhotometryDestination.GetWritableTopicsAsync"/>
    public async Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken)
    {
        if (_writable is { } kept && _time.GetElapsedTime(kept.Timestamp) < ProfileLifetime)
        {
            return kept.Topics;
        }

        using var deadline = new CancellationTokenSource(ProfileTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await _http.GetAsync(ProfilePath, either.Token);
            var topics = response.IsSuccessStatusCode ? ReadTopics(await response.Content.ReadAsStringAsync(either.Token)) : [];

            // Hermes says an empty list when it could not ask SCiMMA: not worth keeping.
            _writable = topics.IsEmpty ? null : (topics, _time.GetTimestamp());
            return topics;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    public void Dispose() => _http.Dispose();

    private static ImmutableArray<string> ReadTopics(string profile)
    {
        using var json = JsonDocument.Parse(profile);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("writable_topics", out var topics)
            && topics.ValueKind == JsonValueKind.Array
                ? [.. topics.EnumerateArray().Where(topic => topic.ValueKind == JsonValueKind.String).Select(topic => topic.GetString()!)]
                : [];
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null
        : (header.Delta ?? header.Date - _time.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait
        : null;

    private string WithoutSecret(string text) => _options.ApiKey is { Length: > 0 } key ? text.Replace(key, "***", StringComparison.Ordinal) : text;

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
