using System.Net.Http.Headers;

namespace TomOrleans.Client.MovingIn;

/// <summary>The page asked for is larger than one answer may be: a smaller one is to be asked for.</summary>
internal sealed class AnswerTooLargeException : Exception;

/// <summary>
/// Another TOM over HTTP, read only. Redirects are not followed: what they lead to would look like success, and would get our credentials. What may pass (no answer, an overloaded server) is asked again
/// some times.
/// </summary>
internal sealed class SiteClient : IDisposable
{
    /// <summary>What a silo takes in one call is as large.</summary>
    private const long LargestAnswer = 60 * 1024 * 1024;
    private const int MostTries = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly SiteLogin? _login;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public SiteClient(Uri root, SiteLogin? login, TimeSpan timeout, TimeProvider time)
    {
        (Root, _login, _time) = (root, login, time);
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = root, Timeout = timeout, MaxResponseContentBufferSize = LargestAnswer };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TomOrleans", typeof(SiteClient).Assembly.GetName().Version?.ToString(3)));
        _http.DefaultRequestHeaders.Authorization = login?.Header;
    }

    public Uri Root { get; }

    public bool HasLogin => _login is not null;

    /// <summary>Throws <see cref="RefusedException"/> where no answer comes, <see cref="AnswerTooLargeException"/> for one that is too large.</summary>
    /// <param name="path">Below the root, with its query.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public async Task<SiteAnswer> GetAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pause = FirstPause * Math.Pow(2, attempt - 1);
            try
            {
                var answer = await AskAsync(path, cancellationToken);
                if (!answer.IsBusy || attempt == MostTries)
                {
                    return answer;
                }

                pause = answer.RetryAfter is { } wait && wait > pause ? wait : pause;
            }
            catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            {
                throw new AnswerTooLargeException();
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (attempt == MostTries)
                {
                    throw new RefusedException($"{Root} does not answer: {Shown(fault)}", fault);
                }
            }

            await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken);
        }
    }

    /// <summary>A text of the site without what we sent it.</summary>
    public string Shown(string text) => _login?.Without(text) ?? text;

    public void Dispose() => _http.Dispose();

    private async Task<SiteAnswer> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Headers.Location?.OriginalString, RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;

    private string Shown(Exception fault) =>
        fault is OperationCanceledException ? $"nothing came within {_http.Timeout.TotalSeconds:0} s" : Shown(Innermost(fault).Message.TrimEnd('.'));

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
